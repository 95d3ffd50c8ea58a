"""Near duplicates: found, each pair once, whatever the order; near misses left alone."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from odd17.core.practices.case import Case, Partner
from odd17.core.practices.duplicates import ALIKE, TITLES, Likely, Near, likely, rarity, told
from odd17.core.practices.words import words_of

WORDS = ["rucher", "école", "cantine", "jardin", "partagé", "mairie", "vélo", "forêt", "lecture"]


def case(number: int, title: str, **values) -> Case:
    return Case(**{"id": str(number), "title": title} | values)


def near_duplicates(cases: list[Case]) -> tuple[Likely, ...]:
    """The pairs that may be one, as a base finds them that takes the cases in one after another."""
    items = [told(one) for one in cases]
    near = Near(rarity(one.title for one in cases))
    met = [(other, here) for here, item in enumerate(items) for other in sorted(near.put(here, item.sketch))]
    return tuple(pair for one, other in met if (pair := likely(items[one], items[other])) is not None)


def worth_comparing(cases: dict[int, Case]) -> set[tuple[int, int]]:
    """The pairs that share enough of a title, or partners and place, found by comparing all."""
    found = set()
    for one, other in combinations(sorted(cases), 2):
        first, second = told(cases[one]).sketch, told(cases[other]).sketch
        common, whole = len(first.title & second.title), len(first.title | second.title)
        met = (first.partners, first.places) == (second.partners, second.places) and len(first.partners) > 1
        if met or (whole and common / whole >= TITLES):
            found.add((one, other))
    return found


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


@given(
    st.lists(
        st.tuples(
            st.integers(0, 7),
            st.lists(st.sampled_from(WORDS), max_size=9, unique=True),
            st.lists(st.sampled_from(["Ville", "Ruches", "École"]), max_size=3, unique=True),
            st.booleans(),
        ),
        max_size=25,
    ),
    st.dictionaries(st.sampled_from(WORDS), st.integers(0, 5)),
)
def test_cases_that_come_change_and_go_leave_the_pairs_of_those_there(
    steps: list[tuple[int, list[str], list[str], bool]], rarity: dict[str, int]
) -> None:
    near, kept, pairs = Near(rarity), {}, set()
    for number, words, partners, stays in steps:
        pairs = {pair for pair in pairs if number not in pair}
        kept.pop(number, None)
        if stays:
            kept[number] = case(number, " ".join(words), partners=tuple(map(Partner, partners)))
            met = near.put(number, told(kept[number]).sketch)
            pairs |= {(min(number, other), max(number, other)) for other in met}
        else:
            near.remove(number)
        assert pairs == worth_comparing(kept)
