"""Tables that are read lazily, on the engine that holds them: Polars, or PySpark for what does not fit a machine."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import narwhals as nw
import polars as pl

from .errors import DataError, UsageError
from .message import Message

LazyTable = nw.LazyFrame[Any]


def lazy_table(table: Any) -> LazyTable:
    """A lazy table of Polars or PySpark as it is; any other dataframe that Narwhals reads, held by Polars.

    Raises DataError for what is no dataframe, UsageError for a lazy one of another engine.
    """
    try:
        frame: nw.DataFrame[Any] | LazyTable = nw.from_native(table)
    except TypeError as error:
        raise DataError("not a dataframe", value=type(table).__name__, remedy="give a table Narwhals reads") from error
    if isinstance(frame, nw.DataFrame):
        return frame.lazy(backend="polars")
    if not (frame.implementation.is_polars() or frame.implementation.is_spark_like()):
        raise UsageError(
            Message(
                "no lazy tables of {implementation}: give a LazyFrame of Polars, or a DataFrame of PySpark",
                implementation=frame.implementation.value,
            )
        )
    return frame


def beside(local: pl.DataFrame, table: LazyTable) -> LazyTable:
    """A small table as a lazy one on the engine of ``table``, so that the two can be joined."""
    if not table.implementation.is_spark_like():
        return nw.from_native(local.lazy())
    session = table.to_native().sparkSession
    return nw.from_native(local).lazy(backend=table.implementation, session=session)


def collected(table: LazyTable) -> pl.DataFrame:
    """The rows of a lazy table, brought here."""
    rows: pl.DataFrame = table.collect(backend="polars").to_native()
    return rows


def pivoted(cells: LazyTable, row: str, columns: Mapping[str, nw.Expr]) -> LazyTable:
    """A row for each ``row``, and for each of ``columns`` the ``value`` of the cell for which its condition holds.

    Engines of SQL know no pivot without naming its columns; of several such cells the greatest counts, null where none.
    """
    value = nw.col("value")
    return cells.group_by(row).agg(*(nw.when(of).then(value).max().alias(name) for name, of in columns.items()))


def place_of(column: str, values: Sequence[str], *, other: int) -> nw.Expr:
    """The place of a code among ``values``; ``other`` for any other code, or none."""
    places = range(len(values))
    return nw.col(column).replace_strict(
        list(map(str, values)), list(places), default=nw.lit(other), return_dtype=nw.Int64
    )


def named_at(column: str, values: Sequence[str]) -> nw.Expr:
    """The code at a place of ``values``; the first one where there is none."""
    places = list(range(len(values)))
    known, first = list(map(str, values)), nw.lit(str(values[0]))
    return nw.col(column).replace_strict(places, known, default=first, return_dtype=nw.String)
