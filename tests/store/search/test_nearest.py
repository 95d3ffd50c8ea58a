"""The order of distance: the nearest of a practice's territories counts, page after page, and nothing is lost."""

from __future__ import annotations

from collections.abc import Sequence
from math import inf
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from odd17.core.practices.case import Case
from odd17.core.practices.query import Facet, PracticeQuery, Sort
from odd17.store.search import PracticeIndex, nearest

_APART = {"A": 0.0, "B": 3.2, "C": 3.21, "D": 40.0, "E": 700.0}


def distances(near: str, others: Sequence[str]) -> list[float]:
    assert near == "A"
    return [_APART.get(other, inf) for other in others]


def near_query(page: int = 1, text: str = "", **filters: tuple[str, ...]) -> PracticeQuery:
    asked = {Facet[name.upper()]: values for name, values in filters.items()}
    return PracticeQuery(text, asked, sort=Sort.NEARNESS, near="A", page=page)


def indexed(folder: Path, *places: tuple[str, ...]) -> PracticeIndex:
    index = PracticeIndex(folder, distances=distances)
    index.replace_all(
        Case(id=str(number), title="Un jardin" if number % 2 else "Une école", territories=where, domains=("sport",))
        for number, where in enumerate(places, 1)
    )
    return index


def ids(index: PracticeIndex, query: PracticeQuery, size: int = 20) -> list[str]:
    return [hit.id for hit in index.search(query, size).hits]


def test_the_nearest_of_its_territories_counts(tmp_path: Path) -> None:
    index = indexed(tmp_path, ("E",), ("D", "B"), ("A",), ("FR",), ("D",), ())
    assert ids(index, near_query())[:4] == ["3", "2", "5", "1"]
    assert set(ids(index, near_query())[4:]) == {"4", "6"}  # nowhere known: last
    assert index.search(near_query()).total == 6


def test_filters_and_words_narrow_and_the_total_is_of_all(tmp_path: Path) -> None:
    index = indexed(tmp_path, ("E",), ("D",), ("A",), ("B",))
    assert ids(index, near_query(text="jardin")) == ["3", "1"]
    assert ids(index, near_query(domain=("culture",))) == []
    assert index.search(near_query(page=2), size=3).total == 4


def test_as_near_goes_by_the_words(tmp_path: Path) -> None:
    index = PracticeIndex(tmp_path, distances=distances)
    told = "Un jardin et beaucoup d’autres choses encore, avec des voisins et des écoles"
    index.replace_all(
        [Case(id="1", title=told, territories=("B",)), Case(id="2", title="Un jardin", territories=("C",))]
    )
    assert ids(index, near_query(text="jardin")) == ["2", "1"]  # ten metres apart: as near


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.lists(st.sampled_from("ABCDEFG"), max_size=3, unique=True).map(tuple), max_size=25),
    st.integers(1, 7),
    st.sampled_from([2, 200]),
)
def test_pages_follow_one_another_and_hold_all(
    tmp_path_factory: pytest.TempPathFactory, places: list[tuple[str, ...]], size: int, at_once: int
) -> None:
    index = indexed(tmp_path_factory.mktemp("nearest"), *places)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(nearest, "_AT_ONCE", at_once)
        read: list[str] = []
        for page in range(1, 30):
            found = ids(index, near_query(page=page), size)
            read += found
            if len(found) < size:
                break
        assert sorted(read, key=int) == [str(number) for number in range(1, len(places) + 1)]
        apart = [min((round(_APART.get(id, inf), 1) for id in places[int(number) - 1]), default=inf) for number in read]
        assert apart == sorted(apart)
        assert list(index.identifiers(near_query(), 100)) == read
