"""Totals of the population that weights are brought to, checked against the respondents."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import polars as pl

from odd17.core.kernel import DataError, Message, UsageError

from .columns import FloatArray, IntArray, codes, column, nearest, numbers

_AGREEING = 1e-6  # relative: margins are published in whole persons

Name = str | tuple[str, ...]


def by_code(codes: IntArray, weights: FloatArray, size: int) -> FloatArray:
    """The sum of the weights of each code."""
    return np.bincount(codes, weights, minlength=size).astype(np.float64)


@dataclass(frozen=True)
class Margin:
    """Totals by category: ``codes`` give each respondent's category. ``name`` is one column, or several crossed."""

    name: Name
    levels: tuple[Any, ...]
    codes: IntArray
    totals: FloatArray

    @cached_property
    def x(self) -> FloatArray:
        """1.0 where a respondent (row) is of a category (column)."""
        return np.asarray(self.codes[:, None] == np.arange(len(self.levels)), dtype=np.float64)

    def reached(self, weights: FloatArray) -> FloatArray:
        """Totals that these weights give."""
        return by_code(self.codes, weights, len(self.levels))

    def label(self, at: int) -> str:
        """A category, for an error."""
        return f"{self.name!r} = {self.levels[at]!r}"


@dataclass(frozen=True)
class Sum:
    """The total of a column of numbers; ``values`` are those of the respondents."""

    name: str
    values: FloatArray
    total: float

    @property
    def x(self) -> FloatArray:
        """The values as one column."""
        return self.values[:, None]

    @property
    def totals(self) -> FloatArray:
        """The total, alone."""
        return np.array([self.total])

    def reached(self, weights: FloatArray) -> FloatArray:
        """The total that these weights give."""
        return np.array([weights @ self.values])

    def label(self, at: int) -> str:
        """The column, for an error."""
        return f"the sum of {self.name!r}"


def read_margins(
    frame: pl.DataFrame, weights: FloatArray, totals: Mapping[Any, Mapping[Any, float]]
) -> tuple[Margin, ...]:
    """Margins by category, one a key; a key that is a tuple crosses columns, and its categories are tuples.

    Raises UsageError for an unknown column; DataError for a respondent without a category, for a category without a
    total or with one that nobody with a weight can carry, for a total that is no count, and for margins that do not
    add up to the same population.
    """
    if not totals:
        raise UsageError("no margin is given")
    found = tuple(_margin(frame, weights, name, given) for name, given in totals.items())
    sums = [float(margin.totals.sum()) for margin in found]
    for margin, other in zip(found, sums, strict=True):
        if abs(other - sums[0]) > _AGREEING * sums[0]:
            raise DataError(
                Message(
                    "margins disagree in total: {found!r} adds up to {sums:g}, {margin!r} to {other:g}",
                    found=found[0].name,
                    sums=sums[0],
                    margin=margin.name,
                    other=other,
                ),
                remedy="take both from one source and date",
            )
    return found


def read_sum(frame: pl.DataFrame, name: str, total: float) -> Sum:
    """The total of a column; DataError for a respondent without a value, or a total that is not finite."""
    values = numbers(frame, name)
    missing = np.flatnonzero(np.isnan(values))
    if len(missing):
        raise DataError("a respondent has no value to calibrate on", row=int(missing[0]) + 1, column=name)
    if not np.isfinite(total):
        raise DataError("a total is a finite number", column=name, value=total)
    return Sum(name, values, float(total))


def _margin(frame: pl.DataFrame, weights: FloatArray, name: Name, given: Mapping[Any, float]) -> Margin:
    columns = (name,) if isinstance(name, str) else tuple(name)
    if not isinstance(given, Mapping):
        raise UsageError(
            Message("the totals of {columns} are given by category, {{category: total}}", columns=list(columns))
        )
    place = np.zeros(frame.height, dtype=np.int64)
    levels: list[tuple[Any, ...]] = [()]
    for part in columns:
        found, of_part = codes(column(frame, part))
        missing = np.flatnonzero(found < 0)
        if len(missing):
            raise DataError("a respondent has no category in this margin", row=int(missing[0]) + 1, column=part)
        place = place * len(of_part) + found
        levels = [(*level, value) for level in levels for value in of_part.to_list()]
    labels = {_key(level): at for at, level in enumerate(levels)}
    carried = by_code(place, weights, len(levels))
    shown = str(name) if isinstance(name, str) else " × ".join(columns)
    wanted = np.full(len(levels), np.nan)
    for level, total in given.items():
        key = _key(level if isinstance(level, tuple) else (level,))
        if not np.isfinite(total) or total < 0:
            raise DataError(Message("the total of {level!r} is not a count", level=level), column=shown, value=total)
        at = labels.get(key)
        if at is None or (carried[at] == 0 and total > 0):
            if total == 0:
                continue
            other = nearest(level, [_plain(known) for known in levels]) if at is None else None
            raise DataError(
                Message(
                    "no respondent with a weight is {level!r}, who are {total:g} in the population",
                    level=level,
                    total=total,
                ),
                column=shown,
                remedy="correct its name, or join it with a near category in both"
                if other is None
                else Message(
                    "correct its name (the nearest is {near!r}), or join it with a near category in both", near=other
                ),
            )
        wanted[at] = total
    absent = np.flatnonzero(np.isnan(wanted) & (np.bincount(place, minlength=len(levels)) > 0))
    if len(absent):
        level = _plain(levels[int(absent[0])])
        row = int(np.flatnonzero(place == absent[0])[0]) + 1
        raise DataError("the margin has no total for this category", row=row, column=shown, value=level)
    wanted = np.nan_to_num(wanted)
    if not wanted.sum() > 0:
        raise DataError("the totals of a margin add up to nothing", column=shown)
    return Margin(name, tuple(_plain(level) for level in levels), place, wanted)


def _key(level: tuple[Any, ...]) -> tuple[str, ...]:
    """Categories are compared as written: 1 in a table and "1" in a file of totals are the same."""
    return tuple(str(part) for part in level)


def _plain(level: tuple[Any, ...]) -> Any:
    return level[0] if len(level) == 1 else level
