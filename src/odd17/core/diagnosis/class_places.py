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

    ``classes`` are numbers up to 255; a unit of class 0 has none, and keeps rank 0.

    >>> within = class_places(np.array([1, 1, 2, 0, 2]))
    >>> within(np.array([[4, 2, 1, 3, 1]], dtype=np.uint16)).tolist()
    [[2, 1, 1, 0, 1]]
    """
    kinds = classes.astype(np.uint8)
    ordered = np.sort(kinds)
    start = np.searchsorted(ordered, np.arange(int(ordered[-1]) + 1 if len(ordered) else 1))
    place = np.arange(len(kinds), dtype=np.int32)
    before = start[ordered].astype(np.int32) - 1
    changes = ordered[1:] != ordered[:-1]

    def work(task: tuple[RankArray, RankArray]) -> None:
        row, found = task
        # both sorts are stable, and those of one or two bytes take time in proportion to the number of units
        order = np.argsort(row, kind="stable")
        order = order[np.argsort(kinds[order], kind="stable")]
        sorted_ranks = row[order]
        first = sorted_ranks[1:] != sorted_ranks[:-1]
        first |= changes
        leader = place
        if not first.all():  # ties take the place of their first
            leader = np.maximum.accumulate(np.where(np.concatenate([[True], first]), place, 0))
        within = leader - before
        absent = sorted_ranks == 0
        if absent.any():
            within -= np.bincount(kinds[row == 0], minlength=len(start))[ordered].astype(np.int32)
        within[absent | (ordered == 0)] = 0
        found[order] = within

    def within_classes(ranked: RankArray) -> RankArray:
        found = np.zeros_like(ranked)
        with ThreadPoolExecutor(os.cpu_count()) as pool:
            list(pool.map(work, zip(ranked, found, strict=True)))
        return found

    return within_classes
