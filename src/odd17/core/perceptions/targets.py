"""What is estimated: a column of numbers, a share of a category, or a ratio of two columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl

from odd17.core.kernel import DataError, Message, UsageError

from .columns import BoolArray, FloatArray, codes, column, numbers

MOST_LEVELS = 500


@dataclass(frozen=True)
class Target:
    """Values of every respondent; ``valid`` is False where there is no answer, None where all have one.

    ``below`` are the values of the denominator of a ratio. ``level`` is the category of a share.
    """

    variable: str
    values: FloatArray | BoolArray
    valid: BoolArray | None = None
    below: FloatArray | None = None
    level: Any = None


def of_numbers(frame: pl.DataFrame, names: Sequence[str]) -> list[Target]:
    """A target a column; nulls are no answer."""
    return [Target(name, *_answers(numbers(frame, name))) for name in names]


def of_ratio(frame: pl.DataFrame, numerator: str, denominator: str) -> Target:
    """The ratio of two columns, over the respondents who have both."""
    above, below = numbers(frame, numerator), numbers(frame, denominator)
    above = np.where(np.isnan(below), np.nan, above)
    values, valid = _answers(above)
    return Target(f"{numerator}/{denominator}", values, valid, below if valid is None else np.where(valid, below, 0.0))


def of_levels(frame: pl.DataFrame, name: str) -> list[Target]:
    """A target for each category of a column, in order; of a column of booleans, the share of True alone."""
    series = column(frame, name)
    if series.dtype == pl.Boolean:
        valid = series.is_not_null().to_numpy() if series.null_count() else None
        return [Target(name, series.fill_null(False).to_numpy(), valid, level=True)]
    found, levels = codes(series)
    if not len(levels):
        raise DataError("no respondent has an answer", column=name)
    if len(levels) > MOST_LEVELS:
        raise UsageError(
            Message(
                "{name!r} has {levels} values: a share is told of at most {most_levels} categories",
                name=name,
                levels=len(levels),
                most_levels=MOST_LEVELS,
            )
        )
    valid = found >= 0
    kept = None if valid.all() else valid
    return [Target(name, found == number, kept, level=level) for number, level in enumerate(levels.to_list())]


def _answers(values: FloatArray) -> tuple[FloatArray, BoolArray | None]:
    missing = np.isnan(values)
    if not missing.any():
        return values, None
    return np.where(missing, 0.0, values), ~missing
