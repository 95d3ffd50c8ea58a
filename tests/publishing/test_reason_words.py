"""There is a sentence for every reason that the core can give, whatever facts it carries."""

from __future__ import annotations

import pytest

from odd17.core.kernel import Reason, ReasonCode
from odd17.publishing.reason_words import sentence


@pytest.mark.parametrize("code", list(ReasonCode))
def test_every_reason_has_a_sentence_without_any_fact(code: ReasonCode) -> None:
    french, english = (sentence(Reason(code), language) for language in ("fr", "en"))
    assert french != english
    assert french.endswith(".")
    assert "{" not in french + english


def test_a_reason_tells_its_facts() -> None:
    reason = Reason(ReasonCode.INCONSISTENT_WITH_REFERENCE, {"reference": "FRM", "expected": 7.64, "found": 5.55})
    text = sentence(reason, "fr")
    assert "France métropolitaine (5,55)" in text
    assert "(7,64)" in text
    levels = Reason(ReasonCode.NO_FIGURE_AT_LEVEL, {"levels": ["REG", "DEP"]})
    assert "régions et départements" in sentence(levels, "fr")
    carried = Reason(ReasonCode.NOT_CARRIED, {"from": 2019, "to": 2026})
    assert sentence(carried, "en") == "The figure of 2019 cannot be carried over to the territories of 2026."


def test_a_reason_that_lacks_a_fact_still_has_its_sentence() -> None:
    assert sentence(Reason(ReasonCode.TOO_MANY_MISSING, {"missing": 3}), "en").startswith("Not scored: too many")
