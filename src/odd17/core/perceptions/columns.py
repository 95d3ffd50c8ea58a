"""Columns of a table of respondents: found by name, read as numbers or as codes of categories."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches
from typing import Any

import narwhals.stable.v2 as nw
import numpy as np
import polars as pl
from numpy.typing import NDArray

from odd17.core.kernel import DataError, Message, UsageError

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]
BoolArray = NDArray[np.bool_]


def read_respondents(table: Any) -> pl.DataFrame:
    """Any dataframe that Narwhals reads, as polars; lazy ones are collected. DataError for anything else, or no row."""
    try:
        frame = nw.from_native(table)
    except TypeError as error:
        raise DataError("not a dataframe", value=type(table).__name__, remedy="give a table Narwhals reads") from error
    found = (frame.collect() if isinstance(frame, nw.LazyFrame) else frame).to_polars()
    if found.is_empty():
        raise DataError("a survey without a respondent")
    return found


def column(frame: pl.DataFrame, name: str) -> pl.Series:
    """The column of this name; UsageError, with the nearest name, where there is none."""
    if name not in frame.columns:
        raise UsageError(Message("no column is called {name!r}.{near}", name=name, near=near(name, frame.columns)))
    return frame[name]


def near(word: object, known: Sequence[object]) -> str:
    """`` Did you mean …?`` with the nearest of the words known, else nothing.

    >>> near("scool", ["school", "pupils"])
    " Did you mean 'school'?"
    """
    found = nearest(word, known)
    return "" if found is None else Message(" Did you mean {near!r}?", near=found)


def nearest(word: object, known: Sequence[object]) -> object | None:
    """The word known that is nearest to ``word``; None where none is near."""
    lowered = {str(other).lower(): other for other in known}
    found = get_close_matches(str(word).lower(), lowered, n=1, cutoff=0.5)
    return lowered[found[0]] if found else None


def numbers(frame: pl.DataFrame, name: str) -> FloatArray:
    """A column of numbers or of booleans as float64, NaN where it is null; DataError for text or an infinity."""
    series = column(frame, name)
    if not (series.dtype.is_numeric() or series.dtype == pl.Boolean or series.dtype == pl.Null):
        raise DataError("not a column of numbers", column=name, value=str(series.dtype), remedy="convert it")
    values: FloatArray = series.cast(pl.Float64).to_numpy()
    wrong = np.flatnonzero(np.isinf(values))
    if len(wrong):
        raise DataError("infinite value", row=int(wrong[0]) + 1, column=name, value=float(values[wrong[0]]))
    return values


def codes(series: pl.Series) -> tuple[IntArray, pl.Series]:
    """For each row the place of its value among the sorted levels (-1 where it is null), and the levels."""
    if series.dtype.is_float():
        series = series.fill_nan(None)
    if series.dtype == pl.Boolean:
        values = series.cast(pl.Int64).fill_null(-1).to_numpy().astype(np.int64)
        present = np.bincount(values + 1, minlength=3)[1:] > 0
        place = np.cumsum(present) - 1
        return np.where(values < 0, -1, place[values]), pl.Series(series.name, [False, True]).filter(pl.Series(present))
    if isinstance(series.dtype, pl.Categorical | pl.Enum):
        series = series.cast(pl.String)
    levels = series.drop_nulls().unique().sort()
    if not len(levels):
        return np.full(len(series), -1, dtype=np.int64), levels
    found = series.replace_strict(levels, pl.Series(range(len(levels)), dtype=pl.Int64), default=None)
    return found.fill_null(-1).to_numpy().astype(np.int64), levels


def is_range(places: IntArray) -> bool:
    """Whether places are 0, 1, 2, …: then nothing need be moved."""
    return bool((places == np.arange(len(places))).all())


def in_order(found: IntArray) -> IntArray:
    """The places that sort codes from 0, those of a code in their order; in linear time for fewer than 65,536."""
    short = found.astype(np.uint16) if not len(found) or int(found.max()) < 1 << 16 else found
    return np.argsort(short, kind="stable").astype(np.int64)


def dense(keys: IntArray) -> tuple[IntArray, IntArray]:
    """Keys numbered from 0 in their order, without gaps; and the first row of each.

    >>> dense(np.array([7, 3, 7]))
    (array([1, 0, 1]), array([1, 0]))
    """
    span = int(keys.max()) + 1
    if span <= 4 * len(keys) + 1024 and keys.min() >= 0:  # counting is faster than sorting
        first = np.full(span, -1, dtype=np.int64)
        first[keys[::-1]] = np.arange(len(keys) - 1, -1, -1)
        found = np.flatnonzero(first >= 0)
        number = np.empty(span, dtype=np.int64)
        number[found] = np.arange(len(found))
        return number[keys], first[found]
    _, at, inverse = np.unique(keys, return_index=True, return_inverse=True)
    return inverse.astype(np.int64), at.astype(np.int64)
