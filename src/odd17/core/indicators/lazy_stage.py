"""A table at one stage of the pipeline as a lazy table, a row a unit and column, and how it is read from a wide one.

Long, since engines of SQL compile a query to code: an expression a node over fifty columns is more than Spark takes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import narwhals as nw
import polars as pl

from odd17.core.kernel import DataError, Message, UsageError
from odd17.core.kernel.engines import LazyTable, beside, collected, lazy_table, pivoted

from .choose import need_column, one_of
from .stage import LARGEST


@dataclass(frozen=True, slots=True)
class LazyStage:
    """Columns ``unit``, ``code``, ``value`` (float64; null is the only mark of a missing value), and attributes.

    There is a row for every unit and code of ``columns``, with or without a value.
    """

    table: LazyTable
    columns: tuple[str, ...]

    def valued(self, value: nw.Expr) -> LazyStage:
        """The same rows with other values."""
        return replace(self, table=self.table.with_columns(value=value))

    def facts(self, **wanted: nw.Expr) -> pl.DataFrame:
        """Numbers about the values of each code: ``code``, then a column each. Reads the table once."""
        return collected(self.table.group_by("code").agg(**wanted))

    def joined(self, local: pl.DataFrame, on: Sequence[str]) -> LazyStage:
        """With the columns of a small table beside; null where it has no row."""
        return replace(self, table=self.table.join(beside(local, self.table), on=list(on), how="left"))

    def wide(self, value: nw.Expr) -> LazyTable:
        """``unit``, then the ``value`` of each code."""
        cells = self.table.select("unit", "code", value=value)
        return pivoted(cells, "unit", {code: nw.col("code") == code for code in self.columns})


def attribute(name: str) -> str:
    """The column of a stage that holds an attribute of the units, which no code of a frame is."""
    return f"attribute of the unit: {name}"


def read_wide(
    table: object, *, unit: str, indicators: Sequence[str], attributes: Iterable[str], divisors: Iterable[str]
) -> LazyTable:
    """Lazily: ``unit``, the ``indicators``, ``attributes`` and ``divisors`` (the latter as numbers) of a table.

    It has one row a unit, and is checked as ``stage.read_inputs`` does, in one pass. Raises DataError for an absent
    column, text, an infinity, a unit given twice or without name.
    """
    frame = lazy_table(table)
    schema = frame.collect_schema()
    kept, by = sorted(set(attributes) - set(divisors)), sorted(set(divisors))
    one_of(unit, schema.names(), "column of units")
    for name in (*kept, *by):
        one_of(name, schema.names(), "column of attributes")
    for name in (*indicators, *by):
        need_column(name, schema.names())
        kind = schema[name]
        if not (kind.is_numeric() or kind in (nw.Boolean, nw.Unknown)):  # unknown: a column of nulls alone
            raise DataError("not a column of numbers", column=name, value=str(kind), remedy="convert it")
    if not (schema[unit] == nw.String or schema[unit].is_integer()):
        raise DataError("not a column of names of units", column=unit, value=str(schema[unit]), remedy="give text")
    if frame.implementation.is_spark_like():
        _refuse_names(schema.names(), [unit, *indicators, *kept, *by])
    wide = frame.select(
        nw.col(unit).cast(nw.String).alias("unit"),
        *(nw.col(name).cast(nw.Float64).fill_nan(None).alias(name) for name in indicators),
        *(nw.col(name).cast(nw.Float64).fill_nan(None).alias(attribute(name)) for name in by),
        *(nw.col(name).alias(attribute(name)) for name in kept),
    )
    _check(wide, unit, {**{name: name for name in indicators}, **{name: attribute(name) for name in by}})
    return wide


def lengthened(wide: LazyTable, indicators: Sequence[str], attributes: Iterable[str]) -> LazyStage:
    """The stage of a wide table."""
    index = ["unit", *(attribute(name) for name in attributes)]
    table = wide.unpivot(on=list(indicators), index=index, variable_name="code", value_name="value")
    return LazyStage(table, tuple(indicators))


def first_wrong(table: LazyTable, wrong: nw.Expr, *shown: str) -> tuple[object, ...] | None:
    """The columns ``shown`` of the first row, in their order, for which ``wrong`` holds; None where it never does."""
    rows = collected(table.filter(wrong).select(*shown).sort(*shown).head(1))
    return None if rows.is_empty() else rows.row(0)


def _refuse_names(known: Sequence[str], used: Sequence[str]) -> None:
    """Spark takes a dot for the field of a structure, and a capital for its small letter."""
    folded = [name.lower() for name in known]
    for name in used:
        if "." in name or "`" in name or folded.count(name.lower()) > 1:
            raise UsageError(
                Message(
                    "Spark cannot tell the column {name!r} from others: rename it, without a dot, and so that more "
                    "than capitals tells it apart",
                    name=name,
                )
            )


def _check(wide: LazyTable, unit: str, numbers: Mapping[str, str]) -> None:
    name = nw.col("unit")
    largest = [nw.col(column).abs().max().alias(f"c{at}") for at, column in enumerate(numbers.values())]
    rows, unnamed, distinct, *most = collected(
        wide.select(nw.len().alias("rows"), name.null_count().alias("unnamed"), name.n_unique().alias("n"), *largest)
    ).row(0)
    if unnamed:
        raise DataError("a unit has no name", column=unit, remedy="give text")
    if distinct != rows:
        twice = first_wrong(wide.group_by("unit").agg(times=nw.len()), nw.col("times") > 1, "unit")
        raise DataError("unit given twice", column=unit, value=twice and twice[0], remedy="keep one row a unit")
    for (shown, column), value in zip(numbers.items(), most, strict=True):
        if value is not None and value > LARGEST:
            found = first_wrong(wide, nw.col(column).abs() > LARGEST, "unit", column)
            at, number = found or ("", value)
            what = (
                Message("infinite value for unit {unit!r}", unit=at)
                if number in (float("inf"), -float("inf"))
                else Message("value too large to work with for unit {unit!r}", unit=at)
            )
            raise DataError(what, column=shown, value=number)
