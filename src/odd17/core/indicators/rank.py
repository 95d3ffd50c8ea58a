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


TOGETHER = 1 << 16
"""Scores ranked in one call: few enough for a processor's cache, many enough that calls cost nothing."""

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
    missing = np.isnan(scores)
    if not missing.any():
        _rank_rows(scores, found)
    elif (missing == missing[0]).all():
        here = np.flatnonzero(~missing[0])
        found[:] = 0
        found[:, here] = rank_block(scores[:, here])
    else:
        for row in range(len(scores)):
            rank_block(scores[row : row + 1], found[row : row + 1])
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


def _rank_rows(scores: FloatArray, out: RankArray) -> None:
    """The ranks of rows without gaps, some rows at a time.

    Sorting numbers is several times faster than sorting their places, so whole numbers are sorted of which the first
    bits are the score's distance to the highest and the last ones its place; neighbours that the first bits do not
    tell apart are then put right from the scores themselves.
    """
    rows, units = scores.shape
    together = max(1, min(rows, TOGETHER // max(1, units)))
    distances, descending = np.empty((together, units)), np.empty((together, units))
    numbers = np.arange(together * units, dtype=np.uint64).reshape(together, units)
    places = np.uint64((1 << max(1, together * units - 1).bit_length()) - 1)
    firsts = np.tile(np.arange(1, units + 1, dtype=out.dtype), together)
    for start in range(0, rows if units else 0, together):
        part = np.ascontiguousarray(scores[start : start + together])
        size = len(part)
        distance, ordered = distances[:size], descending[:size]
        np.subtract(part.max(axis=1, keepdims=True), part, out=distance)
        with np.errstate(over="ignore", divide="ignore"):
            scale = (MANTISSA - 1.0) / distance.max(axis=1, keepdims=True)
        # added to 2^52, a number below it stands as a whole number in the last 52 bits; moved 12 to the left, it leads
        distance *= np.where(np.isfinite(scale), scale, 0.0)
        distance += MANTISSA
        bits = distance.view(np.uint64)
        bits <<= np.uint64(12)
        bits &= ~places
        bits |= numbers[:size]
        bits.sort(axis=1)
        bits &= places
        order = bits.view(np.int64)
        np.take(part.reshape(-1), order, out=ordered, mode="clip")
        ranked = np.empty(size * units, dtype=out.dtype)
        ranked[order.reshape(-1)] = firsts[: size * units]
        out[start : start + size] = ranked.reshape(size, units)
        for row in np.flatnonzero(~(ordered[:, 1:] < ordered[:, :-1]).all(axis=1)):
            within = order[row] - row * units
            out[start + row][within] = _settled(part[row], within, ordered[row])


def _settled(scores: FloatArray, order: IntArray, ordered: FloatArray) -> NDArray[np.int32]:
    """The ranks at each place of an order that is put right where it does not descend; ``order`` is changed."""
    for _ in range(PASSES):
        wrong = np.flatnonzero(ordered[1:] > ordered[:-1])
        if not wrong.size:
            break
        wrong = wrong[np.diff(wrong, prepend=-2) > 1]  # swaps that do not touch each other
        order[wrong], order[wrong + 1] = order[wrong + 1], order[wrong]
        ordered = scores[order]
    else:
        order[:] = np.argsort(-scores)
        ordered = scores[order]
    return _places(ordered)
