"""Near duplicates: found, each pair once, whatever the order; near misses left alone."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from odd17.core.practices.case import Case, Partner
from odd17.core.practices.duplicates import ALIKE, TITLES, near_duplicates
from odd17.core.practices.words import words_of

WORDS = ["rucher", "école", "cantine", "jardin", "partagé", "mairie", "vélo", "forêt", "lecture"]


def case(number: int, title: str, **values) -> Case:
    return Case(**{"id": str(number), "title": title} | values)


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ({}, {}, True),
        ({"territories": ("DEP-35",)}, {"territories": ("DEP-35",)}, True),
        (
            {"partners": (Partner("Les Ruches"), Partner("Ville"))},
            {"partners": (Partner("La Ville"), Partner("Ruches"))},
            True,
        ),
        (
            {"summary": "Des abeilles au collège.", "territories": ("DEP-35",)},
            {"summary": "Une imprimerie de quartier ouverte le soir.", "territories": ("DEP-13",)},
            False,
        ),
    ],
)
def test_same_title(one: dict, other: dict, alike: bool) -> None:
    found = near_duplicates([case(1, "Le rucher de l’école", **one), case(2, "Rucher des écoles", **other)])
    assert bool(found) is alike


def test_the_same_partners_in_the_same_place_under_another_title() -> None:
    both = {"partners": (Partner("Ruches"), Partner("Ville")), "territories": ("DEP-35",), "summary": "Du miel."}
    found = near_duplicates([case(1, "Le rucher commun", **both), case(2, "Un rucher ensemble", **both)])
    assert [(pair.first, pair.second) for pair in found] == [("1", "2")]


def test_only_pairs_with_the_numbers_asked() -> None:
    cases = [case(1, "Le rucher"), case(2, "Un rucher"), case(3, "Des ruchers")]
    assert len(near_duplicates(cases)) == 3
    assert {(pair.first, pair.second) for pair in near_duplicates(cases, among=["3"])} == {("1", "3"), ("2", "3")}


def test_nothing_is_like_nothing() -> None:
    assert near_duplicates([]) == ()
    assert near_duplicates([case(1, "Le"), case(2, "La")]) == ()


@given(st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=5, unique=True), max_size=12))
def test_no_pair_of_near_titles_is_missed(titles: list[list[str]]) -> None:
    cases = [case(number, " ".join(words)) for number, words in enumerate(titles)]
    expected = set()
    for one, other in combinations(cases, 2):
        first, second = words_of(one.title), words_of(other.title)
        if len(first & second) / len(first | second) >= max(ALIKE, TITLES):
            expected.add((one.id, other.id))
    assert {(pair.first, pair.second) for pair in near_duplicates(cases)} == expected
