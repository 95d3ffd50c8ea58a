"""Addresses and numbers that a public text would give."""

from __future__ import annotations

import pytest

from odd17.core.resources.catalyst_personal import personal_in


@pytest.mark.parametrize(
    "text",
    [
        "prenom.nom@exemple.fr",
        "Écrire à Prenom+x@sous.exemple.org.",
        "nom (at) exemple.fr",
        "nom[at]exemple.fr",
        "06 12 34 56 78",
        "0612345678",
        "01.23.45.67.89",
        "+33 6 12 34 56 78",
        "+33 (0)1 23 45 67 89",
        "0033 1 23 45 67 89",
    ],
)
def test_they_are_found(text: str) -> None:
    assert personal_in(f"La Fabrique, {text}, à Créteil") is not None


@pytest.mark.parametrize(
    "text",
    ["", "38 000 habitants", "En 2019, 8 tiers lieux", "SIREN 732 829 320", "l’@ du marché", "de 2 000 à 3 000 euros"],
)
def test_other_words_are_not(text: str) -> None:
    assert personal_in(text) is None
