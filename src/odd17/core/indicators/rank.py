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


def rank_block(scores: FloatArray) -> RankArray:
    """Ranks along each row of replicates × units, as ``ranks`` gives them; 0 where missing. Two bytes where they do.

    >>> rank_block(np.array([[2.0, 5.0, np.nan, 5.0]])).tolist()
    [[3, 1, 0, 1]]
    """
    missing = np.isnan(scores)
    kind = np.uint16 if scores.shape[1] < 1 << 16 else np.uint32
    if scores.shape[1] <= SMALL:
        order = np.argsort(-scores, axis=1)
        found = np.empty(scores.shape, dtype=kind)
        np.put_along_axis(found, order, _places(np.take_along_axis(scores, order, axis=1)), axis=1)
        found[missing] = 0
        return found
    found = np.zeros(scores.shape, dtype=kind)
    for row, gaps in enumerate(missing):
        if not gaps.any():
            order, ordered = _descending(scores[row])
            found[row][order] = _places(ordered)
        elif not gaps.all():
            here = np.flatnonzero(~gaps)
            order, ordered = _descending(scores[row, here])
            found[row][here[order]] = _places(ordered)
    return found


def _places(ordered: FloatArray) -> NDArray[np.int32]:
    """The rank at each place of scores that descend along the last axis; ties take the first place."""
    place = np.arange(1, ordered.shape[-1] + 1, dtype=np.int32)
    later = ordered[..., 1:] < ordered[..., :-1]
    if later.all():
        return np.broadcast_to(place, ordered.shape)
    first = np.ones(ordered.shape, dtype=bool)
    first[..., 1:] = later
    return np.maximum.accumulate(np.where(first, place, np.int32(0)), axis=-1)


def _descending(scores: FloatArray) -> tuple[IntArray, FloatArray]:
    """The order that makes scores descend, and the scores in that order.

    Sorting numbers is several times faster than sorting their places, so whole numbers are sorted of which the first
    bits are the score's distance to the highest and the last ones its place; neighbours that the first bits do not
    tell apart are then put right from the scores themselves.
    """
    distance = scores.max() - scores
    with np.errstate(over="ignore", divide="ignore"):
        scale = (MANTISSA - 1.0) / distance.max()
    if not np.isfinite(scale):  # all alike, or as good as
        order = np.argsort(-scores, kind="stable")
        return order, scores[order]
    # added to 2^52, a number below it stands as a whole number in the last 52 bits; 12 bits to the left, it comes first
    distance *= scale
    distance += MANTISSA
    bits = distance.view(np.uint64)
    bits <<= np.uint64(12)
    places = np.uint64((1 << (len(scores) - 1).bit_length()) - 1)
    bits &= ~places
    bits |= np.arange(len(scores), dtype=np.uint64)
    bits.sort()
    bits &= places
    order = bits.view(np.int64)
    for _ in range(PASSES):
        ordered = scores[order]
        wrong = np.flatnonzero(ordered[1:] > ordered[:-1])
        if not wrong.size:
            return order, ordered
        wrong = wrong[np.diff(wrong, prepend=-2) > 1]  # swaps that do not touch each other
        order[wrong], order[wrong + 1] = order[wrong + 1], order[wrong]
    order = np.argsort(-scores)
    return order, scores[order]
