"""Holding texts as numbers changes neither the rows nor their order."""

from __future__ import annotations

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from odd17.core.indicators.observations import OBSERVATIONS, empty_observations
from odd17.store.releases import layout
from odd17.store.releases.ordered import as_text, coded_like, ordered

TEXT = st.sampled_from(["COM-01001", "COM-2A004", "DEP-01", "é", "E", "z", "", "2019/2020", "2019-Q1"])
ROWS = st.lists(
    st.tuples(
        TEXT, TEXT, st.integers(0, 2026), TEXT, TEXT, st.one_of(st.none(), st.floats(-9, 9)), st.none(), st.none(),
        TEXT, TEXT, TEXT, st.one_of(st.none(), TEXT),
    ),
    max_size=20,
    unique_by=lambda row: row[:5],
)  # fmt: skip


@settings(deadline=None)
@given(ROWS)
def test_the_rows_come_in_the_order_of_their_texts(rows: list[tuple[object, ...]]) -> None:
    table = pl.DataFrame(rows, schema=OBSERVATIONS, orient="row")
    found = as_text(ordered(table.lazy())).collect()
    assert found.schema == pl.Schema(OBSERVATIONS)
    assert found.equals(table.sort(layout.OBSERVATION_ORDER))


def test_a_table_without_rows_stays_one() -> None:
    assert as_text(ordered(empty_observations().lazy())).collect().equals(empty_observations())


def test_what_stands_beside_is_joined_on_the_same_codes() -> None:
    table = pl.DataFrame({"key": ["b", "a", "other"], "name": ["Bé", None, "x"]})
    coded = coded_like(table, "key", pl.Enum(["a", "b"]))
    assert coded.schema["key"] == pl.Enum(["a", "b"])
    assert as_text(coded).collect().rows() == [("b", "Bé"), ("a", None)]
