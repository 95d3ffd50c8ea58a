"""Queries of practices: addresses read and written, whatever people paste."""

from __future__ import annotations

from urllib.parse import parse_qs, urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from odd17.core.practices.query import LAST_PAGE, LONGEST, MOST_VALUES, Facet, PracticeQuery, Sort, query_from, query_to

QUERIES = st.builds(
    PracticeQuery,
    text=st.text(st.characters(codec="utf-8", exclude_categories=["Zs", "Cc", "Zl", "Zp"]), max_size=40),
    filters=st.dictionaries(
        st.sampled_from(Facet), st.lists(st.text("abc-1é", min_size=1), min_size=1, max_size=4, unique=True).map(tuple)
    ),
    sort=st.sampled_from([Sort.RELEVANCE, Sort.DATE, Sort.PROOF]),
    page=st.integers(1, LAST_PAGE),
    near=st.sampled_from([None, "DEP-35"]),
    language=st.sampled_from([None, "fr", "en"]),
)


@given(QUERIES)
def test_an_address_keeps_the_query(query: PracticeQuery) -> None:
    assert query_from(parse_qs(urlencode(query_to(query)))) == query


@given(st.dictionaries(st.text(), st.lists(st.text(), max_size=3)))
def test_any_address_is_read(parameters: dict[str, list[str]]) -> None:
    query = query_from(parameters)
    assert query_from(parse_qs(urlencode(query_to(query)))) == query


def test_ten_thousand_characters_are_cut() -> None:
    assert len(query_from({"q": ["a" * 10_000]}).text) == LONGEST


def test_values_are_few() -> None:
    assert len(query_from({"odd": [str(number) for number in range(1000)]}).filters[Facet.GOAL]) == MOST_VALUES


@pytest.mark.parametrize(("page", "read"), [("0", 1), ("-3", 1), ("3", 3), ("٣", 1), ("99999", LAST_PAGE), ("1e3", 1)])
def test_pages(page: str, read: int) -> None:
    assert query_from({"page": [page]}).page == read


def test_nearness_needs_a_place() -> None:
    assert query_from({"tri": ["proximite"]}).sort is Sort.RELEVANCE
    assert query_from({"tri": ["proximite"], "pres": ["DEP-35"]}).sort is Sort.NEARNESS


def test_narrowing_and_widening() -> None:
    query = PracticeQuery("x", {Facet.GOAL: ("1", "2")}, page=3)
    assert query.without(Facet.GOAL, "1") == PracticeQuery("x", {Facet.GOAL: ("2",)})
    assert query.without(Facet.GOAL) == PracticeQuery("x")
    assert query.with_value(Facet.STAGE, "concept").filters[Facet.STAGE] == ("concept",)
    assert query.with_value(Facet.GOAL, "1") == query
