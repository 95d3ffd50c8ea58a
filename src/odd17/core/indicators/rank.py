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


def rank_block(scores: FloatArray) -> RankArray:
    """Ranks along each row of replicates × units, as ``ranks`` gives them; 0 where missing. Two bytes where they do.

    Scores are finite or missing.

    >>> rank_block(np.array([[2.0, 5.0, np.nan, 5.0]])).tolist()
    [[3, 1, 0, 1]]
    """
    return Ranker(*scores.shape).rank(scores)


class Ranker:
    """Ranks blocks of up to ``rows`` rows of ``units``, in memory that it keeps from one block to the next.

    With a ``grain``, so many neighbouring ranks share a number: 1 for the first ``grain`` of them, and so on.

    Sorting numbers is several times faster than sorting their places. A float64 that is not negative is in the order
    of its bits; so whole numbers are sorted of which the first bits are those of the score's distance to the highest,
    and the last ones its place. Neighbours that the first bits do not tell apart are then put right from the scores.
    """

    def __init__(self, rows: int, units: int, grain: int = 1) -> None:
        self.grain = grain
        self.together = max(1, min(rows, TOGETHER // max(1, units)))
        size = self.together * units
        kind = np.uint16 if -(-units // grain) < 1 << 16 else np.uint32
        self.places = np.uint64((1 << max(1, (size - 1).bit_length())) - 1)
        self.numbers = np.arange(size, dtype=np.uint64).reshape(self.together, units)
        self.firsts = np.tile((np.arange(units, dtype=np.uint32) // grain + 1).astype(kind), self.together)
        self.distances = np.empty((self.together, units))
        self.changes = np.empty((self.together, min(units, TOGETHER)), dtype=np.uint64)
        self.close = np.empty((self.together, max(0, units - 1)), dtype=bool)
        self.ranked = np.empty(size, dtype=kind)

    def rank(self, scores: FloatArray) -> RankArray:
        """As ``rank_block``."""
        found = np.empty(scores.shape, dtype=self.ranked.dtype)
        for start in range(0, len(scores) if scores.shape[1] else 0, self.together):
            part, ranked = scores[start : start + self.together], found[start : start + self.together]
            highest = part.max(axis=1, keepdims=True)
            if np.isnan(highest).any():
                missing = np.isnan(part)
                present = part.shape[1] - np.count_nonzero(missing, axis=1)
                self._rank_rows(part, np.fmax.reduce(part, axis=1, keepdims=True), present, ranked)
                np.copyto(ranked, 0, where=missing)
            else:
                self._rank_rows(part, highest, np.full(len(part), part.shape[1]), ranked)
        return found

    def _rank_rows(self, scores: FloatArray, highest: FloatArray, present: IntArray, out: RankArray) -> None:
        """Ranks of rows, of which the highest score is given, and how many are present: the others sort last."""
        rows, units = scores.shape
        distances, close = self.distances[:rows], self.close[:rows]
        bits = distances.view(np.uint64)
        highest = highest + 0.0  # so that no distance is -0.0, which would be the largest of numbers
        for start in range(0, units, TOGETHER):
            part = slice(start, start + TOGETHER)
            with np.errstate(over="ignore"):
                np.subtract(highest, scores[:, part], out=distances[:, part])
            bits[:, part] &= ~self.places
            bits[:, part] |= self.numbers[:rows, part]
        bits.sort(axis=1)
        for start in range(0, units, TOGETHER):
            part = slice(start, start + TOGETHER)
            after = bits[:, start + 1 : start + TOGETHER + 1]
            before, changes = bits[:, part][:, : after.shape[1]], self.changes[:rows, : after.shape[1]]
            np.bitwise_xor(after, before, out=changes)
            np.less_equal(changes, self.places, out=close[:, part])
            bits[:, part] &= self.places
        order = bits.view(np.int64)
        self.ranked[order.reshape(-1)] = self.firsts[: rows * units]
        out[:] = self.ranked[: rows * units].reshape(out.shape)
        for row in np.flatnonzero(close.any(axis=1)):
            pairs = np.flatnonzero(close[row, : max(0, int(present[row]) - 1)])
            starts = np.flatnonzero(np.diff(pairs, prepend=-2) > 1)  # each place that is close to the next alone
            at = np.insert(pairs + 1, starts, pairs[starts])
            level = np.insert(np.ones(len(pairs), dtype=bool), starts, False)
            doubtful, place = _settled(scores[row], order[row][at] - row * units, at, level)
            out[row][doubtful] = place // self.grain + 1


def _settled(scores: FloatArray, units: IntArray, at: IntArray, level: BoolArray) -> tuple[IntArray, IntArray]:
    """Units that stand at places of an order close to a neighbour, put right, and how many of all scores are above.

    ``level`` tells which the order has found close to the one before: they make one run with it.
    """
    run = np.cumsum(~level)
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
