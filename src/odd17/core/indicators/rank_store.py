"""The ranks of many replicates, two bytes each, and their quantiles."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor

import numpy as np
from numpy.typing import NDArray

from .rank import RankArray
from .stage import IntArray

SORTED = 1 << 19
"""Ranks sorted at once: few enough for a processor's cache."""

MOST = (1 << 16) - 1
"""The largest number in two bytes."""

Ranks = NDArray[np.uint32]


class RankStore:
    """Replicates × units; 0 where missing.

    Up to 65,535 units every rank is kept as it is. Beyond, ``grain`` neighbouring ranks share a number, and quantiles
    are rounded outwards: the low one to the first of them, the high one to the last, the median to the middle.
    """

    def __init__(self, replicates: int, units: int, *, highest: int) -> None:
        self.grain = max(1, -(-highest // MOST))
        self.highest = highest
        self.kept = np.zeros((replicates, units), dtype=np.uint16)

    def put(self, replicates: IntArray, ranked: RankArray) -> None:
        """Keep some replicates, ranked with this grain; threads may do so at once, each with replicates of its own."""
        self.kept[replicates] = ranked

    def quantiles(self, low: float, high: float) -> tuple[Ranks, Ranks, Ranks]:
        """For each unit, the least ranks that at least ``low``, half and ``high`` of its replicates do not exceed.

        Replicates in which the unit has no rank are left out; 0 where it never has one.
        """
        units = max(1, SORTED // len(self.kept))
        found = [np.zeros(self.kept.shape[1], dtype=np.uint32) for _ in range(3)]

        def work(start: int) -> None:
            part = slice(start, start + units)
            ordered = self.kept[:, part].T.copy()
            ordered.sort(axis=1)
            gaps = ordered[:, 0].min() == 0
            missing = np.count_nonzero(ordered == 0, axis=1) if gaps else np.zeros(len(ordered), dtype=np.int64)
            present = ordered.shape[1] - missing
            for share, quantile in zip((low, 0.5, high), found, strict=True):
                # a product that should be whole may lie just above it
                at = np.maximum(np.ceil(share * present - 1e-9).astype(np.int64) - 1, 0) + missing
                at = np.minimum(at, ordered.shape[1] - 1)
                quantile[part] = np.take_along_axis(ordered, at[:, None], axis=1)[:, 0]

        with ThreadPoolExecutor(os.cpu_count()) as pool:
            list(pool.map(work, range(0, self.kept.shape[1], units)))
        first, middle, last = (self._rank(quantile, edge) for quantile, edge in zip(found, (1, 2, 0), strict=True))
        return first, middle, last

    def _rank(self, kept: Ranks, edge: int) -> Ranks:
        """The last (0), first (1) or middle (2) of the ranks that share a number."""
        back = {0: 0, 1: self.grain - 1, 2: self.grain // 2}[edge]
        rank = kept.astype(np.int64) * self.grain - back
        return np.where(kept == 0, 0, np.clip(rank, 1, self.highest)).astype(np.uint32)
