"""Ranks: 1 = highest, ties take the smallest, missing stays missing; always on float64."""

from __future__ import annotations

from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from .stage import FloatArray, IntArray, Stage

RankArray = NDArray[np.unsignedinteger[Any]]


def ranks(scores: FloatArray) -> FloatArray:
    """The rank of each score in a vector: one more than the number of scores above it; NaN where missing.

    >>> ranks(np.array([2.0, 5.0, np.nan, 5.0])).tolist()
    [3.0, 1.0, nan, 1.0]
    """
    scores = np.asarray(scores, dtype=np.float64)
    present = np.flatnonzero(~np.isnan(scores))
    order = present[np.argsort(-scores[present])]
    found = np.full(len(scores), np.nan)
    found[order] = _places(scores[order])
    return found


def rank_table(stage: Stage) -> pl.DataFrame:
    """Column ``unit``, then the ranks of each column of a stage as whole numbers; null where there is no score."""
    columns = [
        pl.Series(name, ranks(stage.values[:, at]), dtype=pl.Float64, nan_to_null=True).cast(pl.Int32)
        for at, name in enumerate(stage.columns)
    ]
    return pl.DataFrame([pl.Series("unit", stage.units, dtype=pl.String), *columns])


SMALL = 512
"""Up to this many units, all replicates are sorted in one call."""

MANTISSA = 2.0**52
"""The first number from which float64 holds whole numbers alone."""

PASSES = 8
"""Repairs of an order before it is sorted again from scratch."""


def rank_block(scores: FloatArray, out: RankArray | None = None) -> RankArray:
    """Ranks along each row of replicates × units, as ``ranks`` gives them; 0 where missing. Two bytes where they do.

    Written into ``out`` where it is given. Scores are finite or missing.

    >>> rank_block(np.array([[2.0, 5.0, np.nan, 5.0]])).tolist()
    [[3, 1, 0, 1]]
    """
    found = np.empty(scores.shape, dtype=rank_kind(scores.shape[1])) if out is None else out
    if scores.shape[1] <= SMALL:
        order = np.argsort(-scores, axis=1)
        np.put_along_axis(found, order, _places(np.take_along_axis(scores, order, axis=1)), axis=1)
        found[np.isnan(scores)] = 0
        return found
    work = _Workspace(scores.shape[1])
    for row, ranked in zip(scores, found, strict=True):
        highest = row.max()
        if not np.isnan(highest):
            _rank_row(row, highest, work, ranked)
        else:
            here = np.flatnonzero(~np.isnan(row))
            ranked[:] = 0
            if len(here):
                ranks_here = np.empty(len(here), dtype=found.dtype)
                _rank_row(row[here], row[here].max(), _Workspace(len(here)), ranks_here)
                ranked[here] = ranks_here
    return found


def rank_kind(units: int) -> type[np.unsignedinteger[Any]]:
    """The smallest kind of number that holds the ranks of so many units, and 0."""
    return np.uint16 if units < 1 << 16 else np.uint32


def _places(ordered: FloatArray) -> NDArray[np.int32]:
    """The rank at each place of scores that descend along the last axis; ties take the first place."""
    place = np.arange(1, ordered.shape[-1] + 1, dtype=np.int32)
    first = np.ones(ordered.shape, dtype=bool)
    first[..., 1:] = ordered[..., 1:] < ordered[..., :-1]
    return np.maximum.accumulate(np.where(first, place, np.int32(0)), axis=-1)


class _Workspace:
    """Arrays that the ranking of one row after the other uses again."""

    def __init__(self, units: int) -> None:
        self.distance, self.ordered = np.empty(units), np.empty(units)
        self.units = np.arange(units, dtype=np.uint64)
        self.places = np.arange(1, units + 1, dtype=rank_kind(units))
        self.bits = np.uint64((1 << (units - 1).bit_length()) - 1)


def _rank_row(scores: FloatArray, highest: float, work: _Workspace, out: RankArray) -> None:
    """The ranks of one row without gaps.

    Sorting numbers is several times faster than sorting their places, so whole numbers are sorted of which the first
    bits are the score's distance to the highest and the last ones its place; neighbours that the first bits do not
    tell apart are then put right from the scores themselves.
    """
    distance = np.subtract(highest, scores, out=work.distance)
    with np.errstate(over="ignore", divide="ignore"):
        scale = (MANTISSA - 1.0) / distance.max()
    if not np.isfinite(scale):  # all alike, or as good as
        order = np.argsort(-scores, kind="stable")
        out[order] = _places(scores[order])
        return
    # added to 2^52, a number below it stands as a whole number in the last 52 bits; 12 bits to the left, it comes first
    distance *= scale
    distance += MANTISSA
    bits = distance.view(np.uint64)
    bits <<= np.uint64(12)
    bits &= ~work.bits
    bits |= work.units
    bits.sort()
    bits &= work.bits
    order = bits.view(np.int64)
    ordered = np.take(scores, order, out=work.ordered, mode="clip")
    if (ordered[1:] < ordered[:-1]).all():
        out[order] = work.places
        return
    for _ in range(PASSES):
        wrong = np.flatnonzero(ordered[1:] > ordered[:-1])
        if not wrong.size:
            break
        wrong = wrong[np.diff(wrong, prepend=-2) > 1]  # swaps that do not touch each other
        order[wrong], order[wrong + 1] = order[wrong + 1], order[wrong]
        ordered = scores[order]
    else:
        order = np.argsort(-scores)
        ordered = scores[order]
    out[order] = _places(ordered)
