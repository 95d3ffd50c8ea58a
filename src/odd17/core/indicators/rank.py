"""Ranks: 1 = highest, ties take the smallest, missing stays missing; always on float64."""

from __future__ import annotations

import numpy as np
import polars as pl

from .stage import FloatArray, Stage


def ranks(scores: FloatArray) -> FloatArray:
    """The rank of each score in a vector: one more than the number of scores above it; NaN where missing.

    >>> ranks(np.array([2.0, 5.0, np.nan, 5.0])).tolist()
    [3.0, 1.0, nan, 1.0]
    """
    scores = np.asarray(scores, dtype=np.float64)
    present = np.flatnonzero(~np.isnan(scores))
    order = present[np.argsort(-scores[present])]
    ordered = scores[order]
    first = np.ones(len(order), dtype=bool)
    first[1:] = ordered[1:] != ordered[:-1]
    place = np.arange(1, len(order) + 1, dtype=np.float64)
    found = np.full(len(scores), np.nan)
    found[order] = np.maximum.accumulate(np.where(first, place, 0.0))
    return found


def rank_table(stage: Stage) -> pl.DataFrame:
    """Column ``unit``, then the ranks of each column of a stage as whole numbers; null where there is no score."""
    columns = [
        pl.Series(name, ranks(stage.values[:, at]), dtype=pl.Float64, nan_to_null=True).cast(pl.Int32)
        for at, name in enumerate(stage.columns)
    ]
    return pl.DataFrame([pl.Series("unit", stage.units, dtype=pl.String), *columns])
