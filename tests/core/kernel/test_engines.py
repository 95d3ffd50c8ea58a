"""Which tables are read lazily, and where."""

from __future__ import annotations

from types import SimpleNamespace

import narwhals as nw
import polars as pl
import pytest

from odd17.core.kernel import DataError, UsageError, engines

TABLE = pl.DataFrame({"a": [1, 2]})


def test_dataframes_are_held_by_polars() -> None:
    pandas = pytest.importorskip("pandas")
    for table in (TABLE, TABLE.lazy(), TABLE.to_arrow(), pandas.DataFrame({"a": [1, 2]})):
        found = engines.lazy_table(table)
        assert isinstance(found.to_native(), pl.LazyFrame)
        assert engines.collected(found)["a"].to_list() == [1, 2]


def test_what_is_no_dataframe() -> None:
    with pytest.raises(DataError, match="not a dataframe"):
        engines.lazy_table({"a": [1]})


def test_an_engine_that_nothing_was_tried_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        engines.nw, "from_native", lambda table: SimpleNamespace(implementation=nw.Implementation.DUCKDB)
    )
    with pytest.raises(UsageError, match="no lazy tables of duckdb"):
        engines.lazy_table(TABLE)
