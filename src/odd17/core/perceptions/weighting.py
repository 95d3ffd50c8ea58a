"""How the final weights of a survey came about: those of the design, then the steps that adjusted them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

from .calibrate import Calibration
from .columns import FloatArray
from .design import Design
from .rake import Raking
from .residual import Residual, read_residual
from .trim import Trimming

Adjustment = Raking | Calibration | Trimming


@dataclass(frozen=True)
class Weighting:
    """``weights`` are the final ones; ``before`` those that each of ``steps`` found."""

    design: Design
    weights: FloatArray
    steps: tuple[Adjustment, ...] = ()
    before: tuple[FloatArray, ...] = ()

    def after(self, step: Adjustment) -> Weighting:
        """The weighting after one more step."""
        weights = step.apply(self.weights)
        return replace(self, weights=weights, steps=(*self.steps, step), before=(*self.before, self.weights))

    def again(self, weights: FloatArray) -> FloatArray:
        """The same steps taken on other weights of the design: those of a replicate."""
        for step in self.steps:
            weights = step.apply(weights)
        return weights

    @cached_property
    def residual(self) -> Residual | None:
        """What calibration takes off variances; None without one (a trimming is none)."""
        found = [
            (step.x, before)
            for step, before in zip(self.steps, self.before, strict=True)
            if not isinstance(step, Trimming)
        ]
        return read_residual(self.design, self.weights, found) if found else None
