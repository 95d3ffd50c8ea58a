"""Calibration: the weights nearest to those of the design that hold totals of the population.

A weight d becomes d F(x'λ), with λ such that the weighted totals of x are those wanted::

    linear    F(u) = 1 + u, held within bounds
    raking    F(u) = exp(u), held within bounds
    logit     F(u) = (L (U - 1) + U (1 - L) exp(A u)) / (U - 1 + (1 - L) exp(A u)), A = (U - L) / ((1 - L) (U - 1))

Source: Deville and Särndal, *JASA* 87 (1992), 376-382, cases 1, 2, 6 and 7.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from odd17.core.kernel import DataError, Message, UsageError

from .columns import FloatArray, near
from .margins import Margin, Sum

METHODS = ("linear", "raking", "logit")
_CLOSE = 1e-11
_NEAR = 1e-9  # good enough where rounding lets no step come nearer
_TURNS = 200
_RIDGE = 1e-13


@dataclass(frozen=True)
class Calibration:
    """Weights brought to margins and sums. ``bounds`` hold the ratio of weights after to before (around 1)."""

    constraints: Sequence[Margin | Sum]
    method: str
    bounds: tuple[float, float] | None

    def __post_init__(self) -> None:
        if self.method not in METHODS:
            known = ", ".join(METHODS)
            raise UsageError(
                Message(
                    "unknown method {method!r}.{near} Known: {known}",
                    method=self.method,
                    near=near(self.method, METHODS),
                    known=known,
                )
            )
        if self.bounds is None:
            if self.method == "logit":
                raise UsageError("the logit method needs bounds")
        elif not 0 <= self.bounds[0] < 1 < self.bounds[1]:
            raise UsageError(Message("bounds are ratios on either side of 1, not {bounds}", bounds=self.bounds))

    @cached_property
    def x(self) -> FloatArray:
        """Variables of the calibration, columns scaled so that none outweighs another."""
        return np.concatenate([part.x for part in self.constraints], axis=1) / self._scale

    @cached_property
    def _scale(self) -> FloatArray:
        return np.concatenate([np.maximum(np.abs(part.x).max(axis=0), 1e-300) for part in self.constraints])

    def apply(self, weights: FloatArray) -> FloatArray:
        """Weights that hold every total, by Newton's steps; DataError, with the total furthest off, where none can."""
        x, wanted = self.x, np.concatenate([part.totals for part in self.constraints]) / self._scale
        at, g, off = np.zeros(x.shape[1]), np.ones(len(weights)), np.inf
        for _ in range(_TURNS):
            gap = wanted - (weights * g) @ x
            off = float(np.max(np.abs(gap) / np.maximum(np.abs(wanted), 1e-9 * np.abs(wanted).max())))
            if off < _CLOSE:
                return np.asarray(weights * g, dtype=np.float64)
            slope = x.T @ (x * (weights * self._slope(x @ at))[:, None])
            # margins repeat one another, and weights at their bounds have no slope: a ridge keeps the step finite
            step = np.linalg.solve(slope + _RIDGE * np.trace(x.T @ (x * weights[:, None])) * np.eye(len(at)), gap)
            at, g, moved = self._step(x, weights, wanted, at, step, gap)
            if not moved:
                break
        if off < _NEAR:
            return np.asarray(weights * g, dtype=np.float64)
        worst = self._furthest(weights * g)
        raise DataError(
            Message("no weights hold all totals: the one that is furthest off is {worst}", worst=worst)
            if self.bounds is None
            else Message(
                "no weights within these bounds hold all totals: the one that is furthest off is {worst}", worst=worst
            ),
            remedy="widen the bounds, join small categories, or leave this total out",
        )

    def _step(
        self, x: FloatArray, weights: FloatArray, wanted: FloatArray, at: FloatArray, step: FloatArray, gap: FloatArray
    ) -> tuple[FloatArray, FloatArray, bool]:
        """The step, halved while it leads past the lowest point of the function whose slope is the gap.

        That function is convex, so that the gap along the step changes its sign there.
        """
        ahead = float(step @ gap)
        for _ in range(60):
            g = self._factor(x @ (at + step))
            if float(step @ (wanted - (weights * g) @ x)) >= -0.1 * ahead:
                return at + step, g, True
            step, ahead = step / 2, ahead / 2
        return at, self._factor(x @ at), False

    def _factor(self, u: FloatArray) -> FloatArray:
        with np.errstate(over="ignore"):
            if self.method == "logit" and self.bounds is not None:
                low, high = self.bounds
                e = np.exp(np.minimum((high - low) / ((1 - low) * (high - 1)) * u, 600))
                return np.asarray((low * (high - 1) + high * (1 - low) * e) / (high - 1 + (1 - low) * e))
            g = 1 + u if self.method == "linear" else np.exp(np.minimum(u, 600))
        return g if self.bounds is None else np.clip(g, *self.bounds)

    def _slope(self, u: FloatArray) -> FloatArray:
        g = self._factor(u)
        if self.method == "logit" and self.bounds is not None:
            low, high = self.bounds
            return (g - low) * (high - g) / ((1 - low) * (high - 1))
        slope = np.ones_like(u) if self.method == "linear" else g
        if self.bounds is not None:
            slope = np.where((g > self.bounds[0]) & (g < self.bounds[1]), slope, 0.0)
        return slope

    def _furthest(self, weights: FloatArray) -> Message:
        worst = (-1.0, Message(""))
        for part in self.constraints:
            reached = part.reached(weights)
            gaps = np.abs(reached - part.totals) / np.maximum(np.abs(part.totals), 1e-9)
            at = int(np.argmax(gaps))
            worst = max(
                worst,
                (
                    float(gaps[at]),
                    Message(
                        "{margin}: {reached:g} for {total:g}",
                        margin=part.label(at),
                        reached=float(reached[at]),
                        total=float(part.totals[at]),
                    ),
                ),
            )
        return worst[1]
