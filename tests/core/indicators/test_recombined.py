"""Lazily recombined observations are those that the product itself puts together."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from odd17.core.indicators.observations import OBSERVATIONS
from odd17.core.indicators.recombine import PERIMETERS, recombine
from odd17.core.indicators.recombined import recombined
from odd17.core.kernel import DataError

CODES = "ABCDEF"
NUMBER = st.one_of(st.none(), st.integers(0, 50).map(float))
ROW = st.fixed_dictionaries(
    {
        "territory": st.sampled_from([f"COM-{code}" for code in CODES]),
        "indicator": st.sampled_from(["jobs", "rate", "median"]),
        "period": st.sampled_from(["2018", "2019"]),
        "value": NUMBER,
        "numerator": NUMBER,
        "denominator": NUMBER,
        "obs_status": st.sampled_from(["A", "P", "E", "Q", "O", "M", "K", "W", "?", None]),
        "conf_status": st.sampled_from(["F", "C", None]),
    }
)
ALWAYS = {"level": "COM", "vintage": 2026, "source": "made up"}
WITHIN = pl.DataFrame(
    [(code, territory, float(at)) for at, code in enumerate(CODES) for territory in ("FR", f"EPCI-{at % 2}")],
    schema=PERIMETERS,
    orient="row",
)


def _table(rows: list[dict[str, object]]) -> pl.DataFrame:
    return pl.DataFrame([row | ALWAYS for row in rows], schema=OBSERVATIONS)


@settings(max_examples=80)
@given(
    st.lists(ROW, max_size=25, unique_by=lambda row: (row["territory"], row["indicator"], row["period"])),
    st.sampled_from([0.4, 0.95]),
)
def test_on_both_ways_the_same_sums(rows: list[dict[str, object]], complete: float) -> None:
    table = _table(rows)
    found = recombined(
        table.lazy(), within=WITHIN, counts=["jobs"], ratios={"rate": 100.0}, outside={"F"}, complete=complete
    ).collect()
    assert found.columns == list(OBSERVATIONS)
    assert set(found["indicator"]) <= {"jobs", "rate"}
    for indicator in ("jobs", "rate"):
        is_count = indicator == "jobs"
        parts = table.filter(pl.col("indicator") == indicator).select(
            "period",
            "denominator",
            "obs_status",
            "conf_status",
            code=pl.col("territory").str.strip_prefix("COM-"),
            numerator="value" if is_count else "numerator",
        )
        top, bottom = pl.col("numerator"), pl.col("denominator")
        expected = recombine(parts, WITHIN, is_count=is_count, outside={"F"}, complete=complete).select(
            "territory",
            "period",
            value=top if is_count else pl.when(bottom > 0).then(100 * top / bottom),
            obs_status=pl.when((bottom == 0).fill_null(False)).then(pl.lit("M")).otherwise("obs_status"),
            conf_status="conf_status",
        )
        mine = found.filter(pl.col("indicator") == indicator).select(expected.columns).sort("territory", "period")
        assert_frame_equal(mine, expected, abs_tol=1e-9)


def test_a_part_that_was_not_carried_is_told_of_the_whole() -> None:
    row = {"indicator": "jobs", "period": "2019", "value": 1.0, "obs_status": "A", "conf_status": "F"}
    rows = [
        row | {"territory": "COM-A", "note": "rounded"},
        row | {"territory": "COM-C", "note": "not_carried", "value": None, "obs_status": "O"},
        row | {"territory": "COM-B", "note": "rounded"},
    ]
    found = recombined(_table(rows).lazy(), within=WITHIN.filter(pl.col("code") <= "C"), counts=["jobs"]).collect()
    told = {territory: (value, note) for territory, value, note in found["territory", "value", "note"].iter_rows()}
    assert told == {
        "EPCI-0": (None, "not_carried"),
        "EPCI-1": (1.0, "rounded"),
        "FR": (None, "not_carried"),
    }
    assert set(found["level"]) == {"EPCI", "FR"}


def test_what_cannot_be_put_together_is_said() -> None:
    empty = pl.DataFrame(schema=OBSERVATIONS).lazy()
    assert recombined(empty, within=WITHIN, counts=["jobs"]).collect().is_empty()
    with pytest.raises(DataError, match="column 'note': no such column"):
        recombined(empty.drop("note"), within=WITHIN, counts=["jobs"])
    with pytest.raises(DataError, match="column 'weight': no such column"):
        recombined(empty, within=WITHIN.drop("weight"), counts=["jobs"])
    row = {"territory": "COM-A", "indicator": "jobs", "period": "2019", "value": 1.0}
    two = pl.concat([_table([row]), _table([row]).with_columns(vintage=pl.lit(2020, pl.Int16))])
    with pytest.raises(DataError, match="observations of several vintages"):
        recombined(two.lazy(), within=WITHIN, counts=["jobs"])
