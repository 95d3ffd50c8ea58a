"""Ranks of some peers, as they are and as they are drawn again: where one side of the crossing puts each of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from odd17.core.indicators.rank import rank_block
from odd17.core.indicators.stage import BoolArray, FloatArray, IntArray

Places = NDArray[np.integer[Any]]

_LEVEL = 5e-10  # standings nearer to the middle are level with it: sums in another order must not tell


@dataclass(frozen=True, slots=True)
class Ranked:
    """Peers on one scale, 1 the most fragile or where most see it so; ties take the smallest.

    ``units`` are the numbers of the peers, ascending; ``rank`` holds a rank for each, and ``drawn`` (draws × units) the
    ranks of each draw, the same peers in all.
    """

    units: IntArray
    rank: Places
    drawn: Places
    tied: IntArray = field(init=False, repr=False, compare=False)
    """The draws in which some peers are level, found once: the standings are asked for a few peers at a time."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "tied", tied_rows(self._different()))

    def _different(self) -> Places:
        """The draws, of which one stands for all where a single indicator decides."""
        return self.drawn[:1] if self.drawn.strides[0] == 0 else self.drawn

    def among(self, units: IntArray) -> Ranked:
        """The same order among fewer peers, all of them ranked here."""
        if len(units) == len(self.units):
            return self
        at = np.searchsorted(self.units, units)
        return Ranked(units, ranked_again(self.rank[None, at])[0], ranked_again(self.drawn[:, at]))

    def bounds(self, level: float) -> tuple[Places, Places]:
        """For each peer, the ranks that hold the middle ``level`` of its draws, and all those it shares with equals."""
        low, high = quantiles(self.drawn, level)
        _ranks, which, sharing = np.unique(self.rank, return_inverse=True, return_counts=True)
        return low, np.maximum(high, self.rank + sharing[which] - 1)

    def standings(self, at: IntArray | None = None) -> FloatArray:
        """Draws × units: 1 − (rank − ½) / of, near 1 for the most fragile; tied peers stand in their middle.

        ``at`` are the columns wanted, where not all are.
        """
        doubled = doubled_middles(self._different(), at, self.tied)
        found: FloatArray = 1 - doubled / (2 * max(1, len(self.units)))
        return np.broadcast_to(found, (len(self.drawn), found.shape[1]))

    def in_first_half(self) -> FloatArray:
        """For each peer, the share of the draws that put it in the first half; the very middle counts half."""
        doubled, middle = doubled_middles(self._different(), tied=self.tied), len(self.units)
        return _more_often(doubled < middle, doubled > middle)


def above_middle(standings: FloatArray) -> FloatArray:
    """The share of draws (the first axis) in which a standing is above ½, those of exactly ½ counted half.

    NaN for a peer without standings, which has none in any draw.
    """
    found = _more_often(standings > 0.5 + _LEVEL, standings < 0.5 - _LEVEL)
    found[np.isnan(standings[0])] = np.nan
    return found


def _more_often(above: BoolArray, below: BoolArray) -> FloatArray:
    """The share of draws (the first axis) above the middle, those that are neither counted half."""
    more = np.count_nonzero(above, axis=0) - np.count_nonzero(below, axis=0)
    found: FloatArray = (more / len(above) + 1) / 2
    return found


def tied_rows(ranks: Places) -> IntArray:
    """The rows of ranks in which some units are level: without ties they are 1, 2, 3… in some order."""
    units = ranks.shape[1]
    return np.flatnonzero(ranks.sum(axis=1, dtype=np.int64) != units * (units + 1) // 2)


def doubled_middles(ranks: Places, at: IntArray | None = None, tied: IntArray | None = None) -> NDArray[np.int32]:
    """Twice (rank − ½), along each row of ranks in which ties take the smallest; tied units stand in their middle.

    ``at`` are the columns wanted, where not all are; ``tied`` the rows with ties, where they are known.

    >>> doubled_middles(np.array([[1, 2, 2, 4]])).tolist()
    [[1, 4, 4, 7]]
    """
    units = ranks.shape[1]
    columns = slice(None) if at is None else at
    found: NDArray[np.int32] = 2 * ranks[:, columns].astype(np.int32) - 1
    tied = tied_rows(ranks) if tied is None else tied
    if len(tied):
        cell = ranks[tied].astype(np.int64) + np.arange(len(tied), dtype=np.int64)[:, None] * (units + 1)
        shared = np.bincount(cell.reshape(-1), minlength=len(tied) * (units + 1))
        found[tied] += (shared[cell[:, columns]] - 1).astype(np.int32)
    return found


def ranked_again(ranks: Places) -> Places:
    """Ranks along each row in the order that ``ranks`` have, from 1 on; ties take the smallest.

    >>> ranked_again(np.array([[7, 2, 7, 9]])).tolist()
    [[2, 1, 2, 4]]
    """
    return rank_block(-ranks.astype(np.float64))


def quantiles(drawn: Places, level: float) -> tuple[Places, Places]:
    """Bounds that occur and hold the middle ``level`` of the draws (the first axis)."""
    # as the store of replicates does: the least value that at least the share asked for do not exceed
    shares = np.array([(1 - level) / 2, (1 + level) / 2])
    at = np.clip(np.ceil(shares * len(drawn) - 1e-9).astype(np.int64) - 1, 0, len(drawn) - 1)
    if drawn.strides[0] == 0:
        return drawn[0], drawn[0]
    ordered = drawn.T.copy()  # each peer's draws side by side: sorting is then several times faster
    ordered.sort(axis=1)
    return ordered[:, at[0]], ordered[:, at[1]]
