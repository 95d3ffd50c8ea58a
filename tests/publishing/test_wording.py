"""There are words for whatever the core can name, and the full mention is never altered."""

from __future__ import annotations

import pytest

from odd17.core.diagnosis.peers import population_classes
from odd17.core.diagnosis.reading import PeerSet
from odd17.core.indicators.indicator import Direction
from odd17.core.kernel import ObsStatus, Provenance, Text
from odd17.core.territories.levels import Level
from odd17.publishing import wording

SOURCE = Provenance("table", "A table", "A maker", "Étude d’un lieu – Un producteur ; Octobre 2019.", "Licence Ouverte")


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_level_status_and_direction_has_words(language: str) -> None:
    assert all(wording.level_name(level, language, many=many) for level in Level for many in (False, True))
    assert all(wording.obs_status(status, language) for status in ObsStatus)
    assert all(wording.direction(way, language) for way in Direction)


@pytest.mark.parametrize("peers", ["REG-metropolitan", "REG-overseas", "DEP", "EPCI", "COM"])
def test_peer_sets_say_how_many_they_are(peers: str) -> None:
    assert "1\u202f255" in wording.peer_set(PeerSet(peers, 1255), "fr")
    assert wording.among(PeerSet(peers, 1255), "en").startswith("among the 1,255 ")


def test_citation_keeps_the_mention_whole() -> None:
    text = wording.citation(SOURCE, "2026-01-01-abcdef01", "fr")
    assert "Étude d’un lieu – Un producteur ; Octobre 2019" in text
    assert "Licence Ouverte" in text
    assert "2026-01-01-abcdef01" in text


def test_how_to_cite_names_each_mention_once() -> None:
    text = wording.how_to_cite("Bretagne", "2026-01-01-abcdef01", [SOURCE, SOURCE], "fr")
    assert text.count("Étude d’un lieu") == 1
    assert wording.how_to_cite("Bretagne", "r1", [], "en") == "odd17, “Bretagne”, release r1."


def test_a_licence_is_told_in_the_readers_language() -> None:
    source = Provenance("table", "T", "P", "La mention", Text("non indiquée", "not stated"))
    french, english = (wording.citation(source, "2026-01-01-abcdef01", language) for language in ("fr", "en"))
    assert "non indiquée" in french
    assert "not stated" in english
    assert "La mention" in french
    assert "La mention" in english


@pytest.mark.parametrize("id", [*population_classes()])
def test_a_class_of_communes_is_named_with_its_bounds(id: str) -> None:
    peers = PeerSet("COM", 1234, id)
    french, english = (wording.among(peers, language) for language in ("fr", "en"))
    assert french == f"parmi les 1\u202f234 communes de {population_classes()[id].fr}"
    assert english == f"among the 1,234 communes of {population_classes()[id].en}"
    assert wording.peer_set(peers, "en") == f"1,234 communes of {population_classes()[id].en}"
