"""The matrix of a release, read by places in memory, is that of ``odd17.observation_matrix``, laid out lazily."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

import odd17
from odd17.core.diagnosis.matrix import value_matrix
from odd17.core.indicators.observations import OBSERVATIONS
from odd17.core.kernel import DataError, UsageError

PERIODS = {"jobs": "2019", "rent": "2018"}
KEY = st.tuples(
    st.sampled_from(["DEP-01", "DEP-02", "DEP-03", "REG-84"]),
    st.sampled_from(["jobs", "rent", "other"]),
    st.sampled_from(["2018", "2019", "2020"]),
)


def table(cells: dict[tuple[str, str, str], float | None], vintage: int = 2026) -> pl.DataFrame:
    rows = [
        {"territory": t, "level": t[:3], "vintage": vintage, "indicator": i, "period": p, "value": value}
        for (t, i, p), value in cells.items()
    ]
    return pl.DataFrame(rows, schema=OBSERVATIONS)


@given(st.dictionaries(KEY, st.one_of(st.none(), st.floats(-9, 9)), max_size=20))
def test_on_both_ways_the_same_matrix(cells: dict[tuple[str, str, str], float | None]) -> None:
    observations = table(cells).lazy()
    found = odd17.observation_matrix(observations, level="DEP", periods=PERIODS).sort("territory").collect()
    expected = value_matrix(observations, found["territory"], PERIODS)
    assert_frame_equal(found, expected)
    everyone = pl.Series("territory", ["DEP-01", "DEP-02", "DEP-03"])
    here = set(value_matrix(observations, everyone, PERIODS).drop_nulls("jobs")["territory"])
    assert here <= set(found["territory"])


def test_what_is_no_table_of_observations() -> None:
    cells = {("DEP-01", "jobs", "2019"): 1.0}
    with pytest.raises(DataError, match="observations of several vintages"):
        odd17.observation_matrix(pl.concat([table(cells), table(cells, 2020)]), level="DEP", periods=PERIODS)
    with pytest.raises(DataError, match="column 'period': no such column"):
        odd17.observation_matrix(table(cells).drop("period"), level="DEP", periods=PERIODS)
    with pytest.raises(UsageError, match="no indicator"):
        odd17.observation_matrix(table(cells), level="DEP", periods={})
