"""Calls for partners: until when, whether they are open, which territories they concern."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from odd17.core.alliances.calls import check_until, is_open, meets
from odd17.core.kernel import DataError, UnknownTerritory
from odd17.core.territories import Cog
from odd17.store.territories import load_shipped_cog

TODAY = date(2026, 11, 25)


@pytest.fixture(scope="module")
def cog() -> Cog:
    return load_shipped_cog()


@pytest.mark.parametrize("until", [TODAY, TODAY + timedelta(1), date(2027, 11, 25)])
def test_a_call_is_open_until_today_at_least_and_for_a_year_at_most(until: date) -> None:
    assert check_until(until, TODAY) == until


@pytest.mark.parametrize(
    ("until", "words"), [(TODAY - timedelta(1), "closed at once"), (date(2027, 11, 26), "a year at most")]
)
def test_what_a_last_day_may_not_be(until: date, words: str) -> None:
    with pytest.raises(DataError, match=words):
        check_until(until, TODAY)


def test_a_year_from_the_29th_of_february_ends_on_the_28th() -> None:
    assert check_until(date(2029, 2, 28), date(2028, 2, 29)) == date(2029, 2, 28)
    with pytest.raises(DataError, match="a year at most"):
        check_until(date(2029, 3, 1), date(2028, 2, 29))


@given(st.dates(date(2024, 1, 1), date(2030, 1, 1)), st.dates(date(2024, 1, 1), date(2030, 1, 1)), st.booleans())
def test_a_call_once_shut_does_not_open_again(until: date, day: date, closed: bool) -> None:
    assert is_open(until, closed, day) is (day <= until and not closed)
    if not is_open(until, closed, day):
        assert not is_open(until, closed, day + timedelta(1))


@pytest.mark.parametrize(
    ("place", "territory", "found"),
    [
        ("COM-35238", "COM-35238", True),
        ("COM-35238", "REG-53", True),  # a part of what is asked
        ("REG-53", "COM-35238", True),  # what holds it
        ("COM-35238", "COM-44109", False),
        ("REG-53", "REG-52", False),
        ("GONE-1", "REG-53", False),  # a place that is no longer
    ],
)
def test_a_call_concerns_its_place_what_holds_it_and_its_parts(
    cog: Cog, place: str, territory: str, found: bool
) -> None:
    assert meets(place, territory, cog) is found


def test_a_territory_across_a_border_is_concerned_on_both_sides(cog: Cog) -> None:
    across = next(one for one in cog.get(cog.table.filter(cog.table["level"] == "EPCI")["id"]) if one.other_parents)
    for side in (*across.parents, *across.other_parents):
        assert meets(side, across.id, cog), side
        assert meets(across.id, side, cog), side


def test_a_territory_that_does_not_exist_is_an_error(cog: Cog) -> None:
    with pytest.raises(UnknownTerritory):
        meets("REG-53", "GONE-1", cog)
