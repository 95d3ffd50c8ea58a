"""A line of the profile says when a newer figure should exist, and only where its periodicity is known."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from odd17.core.diagnosis.figures import Cells
from odd17.core.diagnosis.profile import profile
from odd17.core.indicators.indicator import Indicator
from odd17.core.kernel import ReasonCode
from odd17.core.territories import Cog

KNOWN = ("population", "population_change", "area", "density")


@pytest.mark.parametrize(
    ("day", "old"), [(date(2026, 11, 25), set()), (date(2028, 1, 1), {"population", "population_change", "density"})]
)
def test_each_line_has_the_age_of_its_source(
    cog: Cog, indicators: dict[str, Indicator], observations: pl.DataFrame, day: date, old: set[str]
) -> None:
    periodicities = {id: item.periodicity for id, item in indicators.items() if item.periodicity is not None}
    assert set(periodicities) == set(KNOWN)  # nobody says how often the report's table is renewed
    cells = Cells(observations.filter(pl.col("territory") == "REG-53"))
    items = {item.key: item for item in profile(cog["REG-53"], cog, cells, {}, periodicities, day)}
    assert {key for key, item in items.items() if item.stale is not None} == old
    assert all(item.stale.code is ReasonCode.OUT_OF_DATE for item in items.values() if item.stale is not None)
    assert (items["area"].period, items["density"].period) == ("2026", "2023")
    assert not any(item.stale for item in profile(cog["REG-53"], cog, cells, {}, {}, day))
