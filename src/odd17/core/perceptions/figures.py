"""Numbers of estimates, before they become a table."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .columns import FloatArray, IntArray


@dataclass(frozen=True)
class Figures:
    """Arrays shaped (targets, cells). ``simple`` is the variance that a simple random sample of that size would have.

    ``n`` counts respondents with an answer and a weight; ``logit_se`` is the standard error of the logit of a share,
    where the method has its own (replicates).
    """

    estimate: FloatArray
    variance: FloatArray
    simple: FloatArray
    df: FloatArray
    n: FloatArray
    logit_se: FloatArray | None = None

    @property
    def se(self) -> FloatArray:
        """Standard errors."""
        return np.sqrt(np.maximum(self.variance, 0.0))


def empty(targets: int, cells: int) -> Figures:
    """Figures to be filled."""
    return Figures(*(np.full((targets, cells), np.nan) for _ in range(5)))


def simple_variance(
    s: FloatArray, influence: FloatArray, weight: FloatArray, n: IntArray, starts: IntArray, total: bool
) -> FloatArray:
    """Variance of the total of influences, by cell, had n of ``weight`` people been drawn simply, without replacement.

    ``s`` are weights times influences, shaped (targets, rows); cells start at ``starts``. Where weights are relative
    and sum to less than n, the draw is taken as with replacement. Source: Kish, *Survey Sampling* (1965), 8.2.
    """
    with np.errstate(all="ignore"):
        spread = np.add.reduceat(s * influence, starts, axis=1) / weight
        if total:  # influences of a mean or ratio sum to zero
            spread = spread - (np.add.reduceat(s, starts, axis=1) / weight) ** 2
        left = np.where(weight >= n, 1 - n / weight, 1.0)
        found: FloatArray = np.maximum(spread, 0.0) * n / (n - 1) * weight**2 * left / n
    return found
