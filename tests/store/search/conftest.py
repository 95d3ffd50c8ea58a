"""Made-up cases, and an index of them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from odd17.core.practices.case import Case, Impact, Partner, Story
from odd17.store.search import Place, PracticeIndex, load_synonyms

_PLACES = {
    "COM-35238": Place("Rennes", ("EPCI-243500139", "DEP-35", "REG-53", "FRM", "FR")),
    "COM-35047": Place("Bruz", ("EPCI-243500139", "DEP-35", "REG-53", "FRM", "FR")),
    "COM-87085": Place("Limoges", ("EPCI-248719312", "DEP-87", "REG-75", "FRM", "FR")),
    "DEP-35": Place("Ille-et-Vilaine", ("REG-53", "FRM", "FR")),
    "DEP-87": Place("Haute-Vienne", ("REG-75", "FRM", "FR")),
    "REG-53": Place("Bretagne", ("FRM", "FR")),
}


@pytest.fixture
def cases() -> list[Case]:
    """Six cases, one in English."""
    return [
        Case(
            id="1",
            title="L’école de la forêt",
            summary="Une école mutualisée par trois communes, avec une société coopérative.",
            story=Story(need="Les enfants n’avaient plus de classe.", results="Quarante élèves accueillis."),
            partners=(Partner("Les Amis des arbres", "association"), Partner("Mairie de Bruz", "local_authority")),
            domains=("education", "environment"),
            goals=("4",),
            territories=("COM-35238",),
            scale="neighbourhood",
            alliance_type="collective_patronage",
            stage="prototype",
            begun=date(2019, 5, 1),
            impacts=(Impact("innovation", "Plus d’élèves", "measured"),),
            version="a",
        ),
        Case(
            id="2",
            title="Un tiers-lieu dans la gare",
            summary="Des habitants ouvrent un café et un atelier de réparation de vélos.",
            domains=("mobility",),
            territories=("COM-87085",),
            begun=date(2021, 1, 1),
            contact="Personne à ne pas montrer",
        ),
        Case(
            id="3",
            title="Mécénat de compétences en Bretagne",
            summary="Une entreprise prête ses salariés à l’économie sociale et solidaire.",
            partners=(Partner("Une banque", "company"),),
            domains=("employment",),
            territories=("REG-53",),
            begun=date(2020, 1, 1),
            impacts=(Impact("trust", "On se parle", "told"),),
        ),
        Case(
            id="4", title="Insertion par le maraîchage", summary="Des jardins d’insertion.", territories=("COM-35047",)
        ),
        Case(
            id="5",
            title="A school of repairing",
            language="en",
            summary="Children learn to mend bicycles together with retired engineers.",
            domains=("education",),
            territories=("FR",),
        ),
        Case(id="6", title="Jardins partagés", summary="Des solidarités entre voisins.", territories=("DEP-35",)),
    ]


@pytest.fixture
def make_index(tmp_path: Path) -> Callable[[], PracticeIndex]:
    """Opens the index of the test's folder, as another process would."""
    return lambda: PracticeIndex(tmp_path / "index", _PLACES.get, load_synonyms(), wait=0.2)


@pytest.fixture
def index(make_index: Callable[[], PracticeIndex], cases: list[Case]) -> PracticeIndex:
    """The index of the cases."""
    made = make_index()
    made.replace_all(cases)
    return made
