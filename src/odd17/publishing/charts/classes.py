"""Quantile classes for a map: at most five, equal values always together, no class empty."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

MOST_CLASSES: Final = 5
"""More shades than this are not told apart on a map."""


@dataclass(frozen=True, slots=True)
class Classes:
    """Classes in ascending order: the extreme values *observed* in each, how many it holds, and who is where.

    ``positions`` gives the class of each value, in the order of the values classed.
    """

    bounds: tuple[tuple[float, float], ...]
    counts: tuple[int, ...]
    positions: tuple[int, ...]


def quantile_classes(values: Sequence[float], *, most: int = MOST_CLASSES) -> Classes:
    """Class ``values`` (finite) by quantiles, as NumPy computes them (linear interpolation), into at most ``most``.

    Ties are never split: a class holds the values above its lower quantile, up to its upper one included. Quantiles
    that coincide merge their classes, so a much repeated value makes fewer and larger classes.

    >>> classes = quantile_classes([1.0, 2.0, 2.0, 2.0, 3.0], most=3)
    >>> classes.bounds, classes.counts, classes.positions
    (((1.0, 2.0), (3.0, 3.0)), (4, 1), (0, 0, 0, 0, 1))
    """
    numbers = np.asarray(values, dtype=np.float64)
    if not np.isfinite(numbers).all():
        raise ValueError("only finite values can be classed")
    if numbers.size == 0:
        return Classes((), (), ())
    inner = np.quantile(numbers, np.linspace(0.0, 1.0, most + 1)[1:-1])
    raw = np.searchsorted(inner, numbers, side="left")
    kept, positions = np.unique(raw, return_inverse=True)
    bounds = tuple(
        (float(numbers[positions == index].min()), float(numbers[positions == index].max()))
        for index in range(kept.size)
    )
    counts = tuple(int(count) for count in np.bincount(positions))
    return Classes(bounds, counts, tuple(int(position) for position in positions))
