"""Levers and agreement on them have their words in both languages."""

from __future__ import annotations

import pytest

from odd17.core.diagnosis.actor_views import Agreement
from odd17.core.kernel import levers
from odd17.publishing.lever_words import agreement_sentence, lever_name


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_lever_has_a_name(language: str) -> None:
    assert len({lever_name(lever.id, language) for lever in levers()}) == len(levers())


def test_agreement_says_who_when_and_how_far() -> None:
    agreement = Agreement(("citizens", "companies"), 2019, 0.614)
    assert agreement_sentence(agreement, "en") == (
        "Agreement on the levers between citizens and companies, asked in 2019: Kendall’s W of 0.61 (0: none, 1: the "
        "same order)."
    )
    assert "les citoyens et les entreprises" in agreement_sentence(agreement, "fr")
    assert "0,61" in agreement_sentence(agreement, "fr")
