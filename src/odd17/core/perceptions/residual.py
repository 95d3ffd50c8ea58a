"""Variance after calibration: influences are replaced by their residuals on the variables calibrated to.

With x the calibration variables and d the weights before, the residual of the influence z is z - x'b with
b = (sum of d x x')⁻¹ sum of d x z over the whole sample, and the variance is that of the total of w (z - x'b).
Of steps that follow one another the last takes its residual first. Sources: Deville and Särndal, *JASA* 87 (1992),
376-382, eq. 3.4; Särndal, Swensson and Wretman (1992), 6.6; Lumley, *Complex Surveys* (2010), 7.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from .columns import FloatArray, IntArray
from .design import Design
from .variance import Nesting, bilinear, nest, variances

_CANCELLED = 1e-5  # below this share of the plain variance, too few digits are left


@dataclass(frozen=True)
class Residual:
    """What the calibration of a survey takes off a variance, for influences that are zero outside a domain.

    b is ``functionals.T @ influence`` over the domain; the covariance of the domain's total with those of the
    variables is ``influence * weight @ covariances``; ``own`` is the covariance matrix of the variables' totals.
    """

    design: Design
    weights: FloatArray
    x: FloatArray
    functionals: FloatArray
    covariances: FloatArray
    own: FloatArray
    whole: tuple[Nesting, ...]

    def reduced(self, variance: FloatArray, influence: FloatArray, s: FloatArray, rows: IntArray) -> FloatArray:
        """Variances, one a target, of ``influence`` (targets, rows), which is zero outside ``rows``.

        ``s`` are the influences times the weights, and ``variance`` those without calibration.
        """
        b = influence @ self.functionals[rows]
        covariance = s @ self.covariances[rows]
        found = variance - 2 * np.einsum("tq,tq->t", b, covariance) + np.einsum("tq,tq->t", b @ self.own, b)
        for at in np.flatnonzero(found <= _CANCELLED * variance):
            found[at] = self._anew(influence[at], rows, b[at])
        return np.asarray(found, dtype=np.float64)

    def _anew(self, influence: FloatArray, rows: IntArray, b: FloatArray) -> float:
        """One of them without a difference of large numbers, at the price of a pass over the whole sample."""
        residual = -(self.x @ b)
        residual[rows] += influence
        order = self.design.order
        s = (residual * self.weights)[order][None, :]
        return float(variances(self.whole, self.design.lonely_psu, s, 0, 1)[0, 0])


def read_residual(design: Design, weights: FloatArray, steps: Sequence[tuple[FloatArray, FloatArray]]) -> Residual:
    """What the steps of calibration, in their order, take off the variance of estimates with the final ``weights``.

    A step is its variables (respondents, columns), and the weights before it.
    """
    # the last step holds its totals whatever the others did, so its residual is taken first
    parts: list[tuple[FloatArray, FloatArray]] = []
    for x, before in reversed(steps):
        weighted = x * before[:, None]
        functional = weighted @ np.linalg.pinv(x.T @ weighted, rcond=1e-12, hermitian=True)
        taken = functional
        for later, part in parts:
            taken = taken - part @ (later.T @ functional)
        parts.append((x, taken))
    x = np.concatenate([x for x, _ in parts], axis=1)
    functionals = np.concatenate([part for _, part in parts], axis=1)
    order = design.order
    whole = nest(design, order, np.array([0, len(order)], dtype=np.int64))
    g = x * weights[:, None]
    covariances = np.empty_like(g)
    covariances[order] = bilinear(whole, design, g[order])
    return Residual(design, weights, x, functionals, covariances, g.T @ covariances, whole)
