"""Ranks among all peers turned into ranks within classes of peers, for many replicates at once."""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import numpy as np

from odd17.core.indicators.rank import RankArray
from odd17.core.indicators.stage import IntArray


def class_places(classes: IntArray) -> Callable[[RankArray], RankArray]:
    """From ranks (replicates × units, 0 = none) to ranks within the unit's class; ties take the smallest.

    ``classes`` are numbers up to 65,535; a unit of class 0 has none, and keeps rank 0.

    >>> within = class_places(np.array([1, 1, 2, 0, 2]))
    >>> within(np.array([[4, 2, 1, 3, 1]], dtype=np.uint16)).tolist()
    [[2, 1, 1, 0, 1]]
    """
    kinds = classes.astype(np.uint16)
    ordered = np.sort(kinds)
    start = np.searchsorted(ordered, np.arange(int(ordered[-1]) + 1 if len(ordered) else 1))
    place = np.arange(len(kinds), dtype=np.int64)
    changes = ordered[1:] != ordered[:-1]

    def work(task: tuple[RankArray, RankArray]) -> None:
        row, found = task
        # both sorts are stable, and those of two bytes take time in proportion to the number of units
        order = np.argsort(row, kind="stable")
        order = order[np.argsort(kinds[order], kind="stable")]
        sorted_ranks = row[order]
        missing = np.bincount(kinds[row == 0], minlength=len(start))
        first = np.ones(len(place), dtype=bool)
        first[1:] = (sorted_ranks[1:] != sorted_ranks[:-1]) | changes
        leader = np.maximum.accumulate(np.where(first, place, 0))
        within = leader - (start + missing)[ordered] + 1
        within[(sorted_ranks == 0) | (ordered == 0)] = 0
        found[order] = within

    def within_classes(ranked: RankArray) -> RankArray:
        found = np.zeros_like(ranked)
        with ThreadPoolExecutor(os.cpu_count()) as pool:
            list(pool.map(work, zip(ranked, found, strict=True)))
        return found

    return within_classes
