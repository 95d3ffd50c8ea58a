"""Ranks: 1 = highest, ties take the smallest, missing stays missing; always on float64."""

from __future__ import annotations

from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from .stage import BoolArray, FloatArray, IntArray, Stage

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
    ordered = scores[order]
    first = np.ones(len(order), dtype=bool)
    first[1:] = ordered[1:] < ordered[:-1]
    found[order] = 1 + _of_first(first, np.arange(len(order)))
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


def rank_block(scores: FloatArray, grain: int = 1) -> RankArray:
    """Ranks along each row of replicates × units, as ``ranks`` gives them; 0 where missing. Two bytes where they do.

    With a ``grain``, so many neighbouring ranks share a number: 1 for the first ``grain`` of them, and so on. Scores
    are finite or missing.

    >>> rank_block(np.array([[2.0, 5.0, np.nan, 5.0]])).tolist()
    [[3, 1, 0, 1]]
    """
    rows, units = scores.shape
    together = max(1, min(rows, TOGETHER // max(1, units)))
    sorter = _Sorter(together, units, grain)
    found = np.empty(scores.shape, dtype=sorter.kind)
    for start in range(0, rows if units else 0, together):
        part, ranked = scores[start : start + together], found[start : start + together]
        highest = part.max(axis=1, keepdims=True)
        if np.isnan(highest).any():
            _rank_with_gaps(part, grain, ranked)
        else:
            sorter.rank(part, highest, ranked)
    return found


def _rank_with_gaps(scores: FloatArray, grain: int, out: RankArray) -> None:
    missing = np.isnan(scores)
    if (missing == missing[0]).all():
        here = np.flatnonzero(~missing[0])
        out[:] = 0
        out[:, here] = rank_block(scores[:, here], grain)
    else:
        for row in range(len(scores)):
            _rank_with_gaps(scores[row : row + 1], grain, out[row : row + 1])


class _Sorter:
    """Ranks rows without gaps, and keeps the memory it works in from one call to the next.

    Sorting numbers is several times faster than sorting their places. A float64 that is not negative is in the order
    of its bits; so whole numbers are sorted of which the first bits are those of the score's distance to the highest,
    and the last ones its place. Neighbours that the first bits do not tell apart are then put right from the scores.
    """

    def __init__(self, rows: int, units: int, grain: int) -> None:
        size = rows * units
        self.grain = grain
        self.kind = np.uint16 if -(-units // grain) < 1 << 16 else np.uint32
        self.places = np.uint64((1 << max(1, (size - 1).bit_length())) - 1)
        self.numbers = np.arange(size, dtype=np.uint64).reshape(rows, units)
        self.firsts = np.tile((np.arange(units, dtype=np.uint32) // grain + 1).astype(self.kind), rows)
        self.distances = np.empty((rows, units))
        self.changes = np.empty((rows, max(0, units - 1)), dtype=np.uint64)
        self.ranked = np.empty(size, dtype=self.kind)

    def rank(self, scores: FloatArray, highest: FloatArray, out: RankArray) -> None:
        """Write the ranks of at most ``rows`` rows, of which the highest score is given."""
        rows, units = scores.shape
        distances, changes = self.distances[:rows], self.changes[:rows]
        with np.errstate(over="ignore"):
            np.subtract(highest + 0.0, scores, out=distances)  # never -0.0, which would be the largest of numbers
        bits = distances.view(np.uint64)
        bits &= ~self.places
        bits |= self.numbers[:rows]
        bits.sort(axis=1)
        np.bitwise_xor(bits[:, 1:], bits[:, :-1], out=changes)
        close = changes <= self.places
        bits &= self.places
        order = bits.view(np.int64)
        self.ranked[order.reshape(-1)] = self.firsts[: rows * units]
        out[:] = self.ranked[: rows * units].reshape(out.shape)
        for row in np.flatnonzero(close.any(axis=1)):
            doubtful, place = _settled(scores[row], order[row] - row * units, close[row])
            out[row][doubtful] = place // self.grain + 1


def _settled(scores: FloatArray, order: IntArray, close: BoolArray) -> tuple[IntArray, IntArray]:
    """The units that are ``close`` to their neighbour in an order, and how many scores of all are above theirs."""
    level, ends = np.append(False, close), np.append(close, False)
    at = np.flatnonzero(level | ends)
    units, level = order[at], level[at]
    run = np.cumsum(~level)  # units that are close to each other share a number
    rises = level[1:] & (scores[units[1:]] > scores[units[:-1]])
    if rises.any():
        again = np.isin(run, run[1:][rises])
        units[again] = units[again][np.lexsort((-scores[units[again]], run[again]))]
    level[1:] &= scores[units[1:]] == scores[units[:-1]]
    return units, _of_first(~level, at)


def _of_first(first: BoolArray, places: IntArray) -> IntArray:
    """For each of some ascending places, that of the first which it is level with."""
    found: IntArray = np.maximum.accumulate(np.where(first, places, 0))
    return found
