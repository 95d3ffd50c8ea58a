"""A table at one stage of the pipeline, as a float64 matrix, and how it is read from any dataframe."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import narwhals as nw
import numpy as np
import polars as pl
from numpy.typing import NDArray

from odd17.core.kernel import DataError, Message

from .choose import need_column, one_of

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]
BoolArray = NDArray[np.bool_]

LARGEST = 1e150
"""Values beyond this are refused: their squares and differences could overflow."""


@dataclass(frozen=True, slots=True)
class Stage:
    """A matrix of units × columns at one stage; NaN is the only mark of a missing value, infinities never occur.

    The matrix lies in memory column by column, since every step works on columns. ``rows`` gives, for each unit, its
    position in the table of values, so that attributes can be found after units have been screened out.
    """

    name: str
    units: tuple[str, ...]
    rows: IntArray
    columns: tuple[str, ...]
    values: FloatArray

    def moved(self, name: str, values: FloatArray) -> Stage:
        """The same units and columns with the values of the next stage."""
        return replace(self, name=name, values=values)

    def table(self) -> pl.DataFrame:
        """Column ``unit``, then one column each; null where missing."""
        return labelled(self.units, self.columns, self.values)

    def same_as(self, other: Stage) -> bool:
        """Whether units, columns, gaps and the bits of every value are the same."""
        if (self.name, self.units, self.columns) != (other.name, other.units, other.columns):
            return False
        gaps = np.isnan(self.values)
        if not np.array_equal(gaps, np.isnan(other.values)):
            return False
        mine, theirs = (np.where(gaps, 0.0, values) for values in (self.values, other.values))
        return bool(np.array_equal(mine.view(np.int64), theirs.view(np.int64)))


@dataclass(frozen=True, slots=True)
class Inputs:
    """What an index starts from: the raw stage, and the attributes that its steps name (one value a unit)."""

    raw: Stage
    attributes: dict[str, tuple[object, ...]]


def labelled(units: Sequence[str], columns: Sequence[str], values: FloatArray) -> pl.DataFrame:
    """A polars table: ``unit``, then the columns of a matrix, NaN turned to null."""
    series = [pl.Series("unit", units, dtype=pl.String)]
    series += [
        pl.Series(name, np.ascontiguousarray(values[:, at]), dtype=pl.Float64, nan_to_null=True)
        for at, name in enumerate(columns)
    ]
    return pl.DataFrame(series)


def read_frame(table: Any) -> nw.DataFrame[Any]:
    """Any dataframe that Narwhals understands, collected where it is lazy; DataError for anything else."""
    try:
        frame = nw.from_native(table)
    except TypeError as error:
        raise DataError("not a dataframe", value=type(table).__name__, remedy="give a table Narwhals reads") from error
    return frame.collect() if isinstance(frame, nw.LazyFrame) else frame


def read_units(frame: nw.DataFrame[Any], column: str) -> tuple[str, ...]:
    """The names of the units; DataError where one is missing, repeated, or no text nor whole number."""
    series = frame[one_of(column, frame.columns, "column of units")]
    names: list[str] = []
    seen: set[str] = set()
    for row, value in enumerate(series.to_list(), start=1):
        if isinstance(value, bool) or not isinstance(value, str | int):
            raise DataError("not the name of a unit", row=row, column=column, value=value, remedy="give text")
        name = str(value)
        if name in seen:
            raise DataError("unit given twice", row=row, column=column, value=name, remedy="keep one row a unit")
        seen.add(name)
        names.append(name)
    return tuple(names)


def read_matrix(frame: nw.DataFrame[Any], columns: Sequence[str], units: Sequence[str]) -> FloatArray:
    """Columns as a float64 matrix; DataError, naming the unit, for an absent column, text, an infinity."""
    matrix = np.empty((len(units), len(columns)), dtype=np.float64, order="F")
    for at, name in enumerate(columns):
        need_column(name, frame.columns)
        series = frame[name]
        if not (series.dtype.is_numeric() or series.dtype == nw.Boolean or series.is_null().all()):
            raise DataError("not a column of numbers", column=name, value=str(series.dtype), remedy="convert it")
        matrix[:, at] = series.cast(nw.Float64).to_numpy()
    with np.errstate(invalid="ignore"):
        found = np.argwhere(np.abs(matrix) > LARGEST)
    if found.size:
        row, at = (int(position) for position in found[0])
        value = float(matrix[row, at])
        what = (
            Message("infinite value for unit {unit!r}", unit=units[row])
            if np.isinf(value)
            else Message("value too large to work with for unit {unit!r}", unit=units[row])
        )
        raise DataError(
            what,
            row=row + 1,
            column=columns[at],
            value=value,
        )
    return matrix


def read_inputs(table: Any, *, unit: str, indicators: Sequence[str], attributes: Iterable[str]) -> Inputs:
    """The raw stage and the named attributes of a table with one row a unit."""
    frame = read_frame(table)
    units = read_units(frame, unit)
    raw = Stage(
        name="raw",
        units=units,
        rows=np.arange(len(units), dtype=np.int64),
        columns=tuple(indicators),
        values=read_matrix(frame, indicators, units),
    )
    named = {
        name: tuple(frame[one_of(name, frame.columns, "column of attributes")].to_list()) for name in set(attributes)
    }
    return Inputs(raw=raw, attributes=named)
