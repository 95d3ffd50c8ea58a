"""How standings by the figures and by the actors make the weight of a domain, and weights its place."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from odd17.core.indicators.stage import FloatArray, IntArray

_DECIMALS = 9
"""Weights are rounded here: sums in another order must not break a tie."""


def weighed(figures: FloatArray, seen: FloatArray) -> FloatArray:
    """Half of each standing, or the one there is.

    >>> weighed(np.array([0.8, 0.8, np.nan]), np.array([0.4, np.nan, 0.4])).round(3).tolist()
    [0.6, 0.8, 0.4]
    """
    both = (figures + seen) / 2
    missing = np.isnan(both)
    if missing.any():
        both[missing] = np.where(np.isnan(figures[missing]), seen[missing], figures[missing])
    found: FloatArray = both.round(_DECIMALS)
    return found


def mean_of(standings: Sequence[FloatArray], like: FloatArray) -> FloatArray:
    """The mean of the standings that there are, NaN where there is none; ``like`` gives the shape.

    >>> mean_of([np.array([0.2, np.nan]), np.array([0.4, np.nan])], np.zeros(2)).round(3).tolist()
    [0.3, nan]
    """
    total, count = np.zeros(like.shape), np.zeros(like.shape)
    for one in standings:
        missing = np.isnan(one)
        total += np.where(missing, 0, one) if missing.any() else one
        count += ~missing
    return total / np.where(count > 0, count, np.nan)


def places(weights: FloatArray) -> IntArray:
    """The place of each domain (the first axis) by its weight, 1 the largest; ties take the first, 0 without a weight.

    >>> places(np.array([[0.2], [0.9], [np.nan], [0.2]])).T.tolist()
    [[2, 1, 0, 2]]
    """
    return places_of_rounded(weights.round(_DECIMALS))


def places_of_rounded(weights: FloatArray) -> IntArray:
    """``places`` of weights that ``weighed`` rounded."""
    found = np.zeros(weights.shape, dtype=np.int64)
    for row, weight in enumerate(weights):
        ahead = np.ones(weight.shape, dtype=np.int16)
        for other in weights:
            ahead += other > weight
        found[row] = np.where(np.isnan(weight), 0, ahead)
    return found
