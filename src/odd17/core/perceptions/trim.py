"""Trimming: weights held between bounds, what is cut off shared equally among the others.

Source: Potter, *Proceedings of the Survey Research Methods Section, ASA* (1990), 225-230.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from odd17.core.kernel import DataError, Message, UsageError

from .columns import FloatArray

_TURNS = 1000


@dataclass(frozen=True)
class Trimming:
    """Weights held between ``lower`` and ``upper``, with the same sum; those of zero stay."""

    lower: float
    upper: float

    def __post_init__(self) -> None:
        if not 0 <= self.lower < self.upper:
            raise UsageError(
                Message("weights cannot be held between {lower} and {upper}", lower=self.lower, upper=self.upper)
            )

    def apply(self, weights: FloatArray) -> FloatArray:
        """The weights, trimmed again until all are within; DataError where their sum cannot be kept so."""
        counted = weights != 0
        size, total = int(np.count_nonzero(counted)), float(weights.sum())
        if not self.lower * size <= total * (1 + 1e-12) or not total <= self.upper * size * (1 + 1e-12):
            raise DataError(
                Message(
                    "weights between {lower:g} and {upper:g} cannot keep the sum of {total:g}",
                    lower=self.lower,
                    upper=self.upper,
                    total=total,
                ),
                remedy="widen the bounds",
            )
        w = weights.copy()
        for _ in range(_TURNS):
            held = np.where(counted, np.clip(w, self.lower, self.upper), w)
            cut = held != w
            if not cut.any():
                return w
            free = counted & ~cut
            if not free.any():
                return np.asarray(held, dtype=np.float64)
            w = np.where(free, held + float((w - held).sum()) / np.count_nonzero(free), held)
        return np.asarray(np.where(counted, np.clip(w, self.lower, self.upper), w), dtype=np.float64)
