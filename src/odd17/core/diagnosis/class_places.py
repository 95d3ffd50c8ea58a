"""Ranks among all peers turned into ranks within classes of peers, for many replicates at once."""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
from numpy.typing import NDArray

from odd17.core.indicators.rank import RankArray
from odd17.core.indicators.stage import IntArray

TOGETHER = 8
"""Replicates worked on at once."""


def class_places(classes: IntArray) -> Callable[[RankArray], RankArray]:
    """From ranks (replicates × units, 0 = none) to ranks within the unit's class; ties take the smallest.

    ``classes`` are whole numbers; a unit of class 0 has none, and keeps rank 0.

    >>> within = class_places(np.array([1, 1, 2, 0, 2]))
    >>> within(np.array([[4, 2, 1, 3, 1]], dtype=np.uint16)).tolist()
    [[2, 1, 1, 0, 1]]
    """
    members = [np.flatnonzero(classes == number) for number in np.unique(classes) if number > 0]

    def work(rows: slice, ranked: RankArray, found: RankArray) -> None:
        for units in members:
            found[rows, units] = _places(np.take(ranked[rows], units, axis=1))

    def within_classes(ranked: RankArray) -> RankArray:
        found = np.zeros_like(ranked)
        with ThreadPoolExecutor(os.cpu_count()) as pool:
            tasks = [
                pool.submit(work, slice(first, first + TOGETHER), ranked, found)
                for first in range(0, len(ranked), TOGETHER)
            ]
        for task in tasks:
            task.result()
        return found

    return within_classes


def _places(ranked: RankArray) -> RankArray:
    """Replicates × units: ranks, 0 where none, turned into ranks among these units alone.

    Numbers are sorted of which the first half of the bits is the rank and the last one the unit: several times faster
    than to sort the places of ranks.
    """
    rows, units = ranked.shape
    numbers: NDArray[np.unsignedinteger[Any]]
    if ranked.dtype == np.uint16 and units < 1 << 16:
        numbers, half = ranked.astype(np.uint32), 16
    else:
        numbers, half = ranked.astype(np.uint64), 32
    numbers <<= half
    numbers |= np.arange(units, dtype=numbers.dtype)
    numbers.sort(axis=1)
    order = (numbers & ((1 << half) - 1)).astype(np.int64)
    numbers >>= half
    place = np.tile(np.arange(1, units + 1, dtype=np.int32), (rows, 1))
    level = numbers[:, 1:] == numbers[:, :-1]
    if level.any():  # ties take the place of their first
        np.copyto(place[:, 1:], 0, where=level)
        np.maximum.accumulate(place, axis=1, out=place)
    absent = np.count_nonzero(numbers == 0, axis=1, keepdims=True).astype(np.int32)
    place -= absent
    np.maximum(place, 0, out=place)  # those without a rank come first
    found = np.empty_like(ranked, order="C")
    order += np.arange(rows)[:, None] * units
    found.reshape(-1)[order] = place
    return found
