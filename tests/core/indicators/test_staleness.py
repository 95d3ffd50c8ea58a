"""A figure is old where a newer one should have been published."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from odd17.core.indicators.staleness import CYCLES, age, staleness
from odd17.core.kernel import ReasonCode

DAY = date(2026, 11, 25)


@pytest.mark.parametrize(
    ("period", "periodicity", "old"),
    [
        ("2023", "annual", True),  # 34 months: 2024 was due
        ("2024", "annual", False),
        ("2022", "census", True),
        ("2023", "census", False),
        ("2025-Q4", "quarterly", True),
        ("2026-Q1", "quarterly", False),
        ("2026-05", "monthly", True),
        ("2026-06", "monthly", False),
        ("2020", "irregular", True),
        ("2021", "irregular", False),
        ("2021", None, False),
        ("2014/2019", None, True),
    ],
)
def test_old_or_not(period: str, periodicity: str | None, old: bool) -> None:
    found = staleness(period, periodicity, DAY)
    assert (found is not None) is old
    if found is not None:
        assert found.code is ReasonCode.OUT_OF_DATE
        assert found.params["months"] == age(period, DAY)


@given(st.integers(1990, 2025), st.sampled_from([*CYCLES, "irregular"]), st.integers(2026, 2060))
def test_a_figure_never_grows_young_again(year: int, periodicity: str, later: int) -> None:
    if staleness(str(year), periodicity, DAY) is not None:
        assert staleness(str(year), periodicity, date(later, 12, 31)) is not None


def test_a_period_that_is_not_one_is_refused() -> None:
    with pytest.raises(ValueError, match="is not a period"):
        age("last year", DAY)
