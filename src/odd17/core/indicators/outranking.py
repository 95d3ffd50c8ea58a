"""Copeland: units compared two by two, so that no child's score can make up for another's."""

from __future__ import annotations

import numpy as np

from .stage import FloatArray

BLOCK = 1 << 21
"""Pairs compared at once: keeps memory flat whatever the number of units."""


def net_outranking(x: FloatArray, weights: FloatArray, rows: slice) -> FloatArray:
    """For each unit of ``rows`` against every unit: weight of the children where it is higher, less where lower.

    A child that either unit lacks, or where they tie, counts for neither.
    """
    net = np.zeros((len(range(*rows.indices(len(x)))), len(x)))
    for at, weight in enumerate(weights):
        mine, theirs = x[rows, at, None], x[None, :, at]
        net += weight * ((mine > theirs).astype(np.int8) - (mine < theirs).astype(np.int8))
    return net


def outranking_matrix(x: FloatArray, weights: FloatArray) -> FloatArray:
    """Share of the weight where the unit of the row is higher than that of the column, ties counting half; 0 on the
    diagonal (Munda & Nardo 2009, *Noncompensatory/nonlinear composite indicators for ranking countries*)."""
    matrix: FloatArray = (net_outranking(x, weights, slice(None)) / weights.sum() + 1.0) / 2.0
    np.fill_diagonal(matrix, 0.0)
    return matrix


def copeland(x: FloatArray, weights: FloatArray) -> FloatArray:
    """Number of units outranked less the number that outrank it, for each row of units × children.

    One unit outranks another where the children on which it is higher weigh more than those where it is lower.
    Between -(n - 1) and n - 1.

    >>> copeland(np.array([[1.0, 1.0], [2.0, 0.0], [3.0, 3.0]]), np.array([1.0, 1.0])).tolist()
    [-1.0, -1.0, 2.0]
    """
    scores = np.empty(len(x))
    # sums of weights that are equal on paper differ by rounding alone
    slack = 1e-12 * weights.sum()
    step = max(1, BLOCK // max(1, len(x)))
    for start in range(0, len(x), step):
        net = net_outranking(x, weights, slice(start, start + step))
        scores[start : start + step] = (net > slack).sum(axis=1) - (net < -slack).sum(axis=1)
    return scores
