"""Lazily carried observations are those that are carried in memory."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from odd17.core.indicators.observations import OBSERVATION_KEY, OBSERVATIONS
from odd17.core.kernel import DataError
from odd17.core.territories import MEMBERSHIPS, Movements, carry
from odd17.core.territories.carried import carried


@dataclass(frozen=True)
class Kind:
    is_count: bool = False
    numerator: str | None = None
    denominator: str | None = None
    factor: float = 1.0


KINDS = {"jobs": Kind(is_count=True), "rate": Kind(numerator="a", denominator="b", factor=100.0), "median": Kind()}
TODAY = pl.DataFrame([{"commune": c, "epci": "1"} for c in "ADEHI"], schema=MEMBERSHIPS)
# A absorbs B, C becomes D, E is split into itself and H, F goes to I and G ends with nothing in its place
EDGES = [("A", "A"), ("B", "A"), ("C", "D"), ("E", "E"), ("E", "H"), ("F", "I")]
MOVEMENTS = Movements.of([("2021-01-01", *edge) for edge in EDGES], through=2024)
NUMBER = st.one_of(st.none(), st.integers(0, 50).map(float))
ROW = st.fixed_dictionaries(
    {
        "territory": st.sampled_from([f"COM-{c}" for c in "ABCDEFGHI"] + ["EPCI-1", "EPCI-2", "FR"]),
        "vintage": st.sampled_from([2020, 2024]),
        "indicator": st.sampled_from(list(KINDS)),
        "period": st.sampled_from(["2018", "2019"]),
        "value": NUMBER,
        "numerator": NUMBER,
        "denominator": NUMBER,
        "obs_status": st.sampled_from(["A", "P", "E", "Q", "O", "M", "?", None]),
        "conf_status": st.sampled_from(["F", "C", None]),
        "source": st.sampled_from(["s", "t"]),
        "note": st.sampled_from([None, "not_carried", "rounded"]),
    }
)


@settings(max_examples=80)
@given(st.lists(ROW, max_size=25, unique_by=lambda row: tuple(row[name] for name in OBSERVATION_KEY)))
def test_on_both_ways_the_same_rows(rows: list[dict[str, object]]) -> None:
    levelled = [row | {"level": str(row["territory"]).split("-")[0]} for row in rows]
    table = pl.DataFrame(levelled, schema=OBSERVATIONS)
    told = {"to": 2024, "memberships": {2024: TODAY}, "movements": MOVEMENTS}
    expected = carry(table, indicators=KINDS, **told)
    found = carried(table.lazy(), counts=["jobs"], ratios={"rate": 100.0}, **told)
    for mine, theirs in ((found.observations, expected.observations), (found.report, expected.report)):
        here = mine.collect()
        assert here.columns == theirs.columns
        order = [name for name in here.columns if name != "rows"]
        assert_frame_equal(here.sort(order), theirs.sort(order), check_dtypes=False)


def test_what_cannot_be_carried_is_said() -> None:
    table = pl.DataFrame(schema=OBSERVATIONS).lazy()
    with pytest.raises(DataError, match="column 'note': no such column"):
        carried(table.drop("note"), to=2024, memberships={2024: TODAY})
    nameless = pl.DataFrame([{"territory": "COM-A", "level": "COM"}], schema=OBSERVATIONS)
    with pytest.raises(DataError, match="an observation has no vintage"):
        carried(nameless, to=2024, memberships={2024: TODAY})
    with pytest.raises(DataError, match="not a dataframe"):
        carried("table.csv", to=2024, memberships={2024: TODAY})
