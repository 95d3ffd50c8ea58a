"""Quantiles of a variable in cells, and their interval by inverting that of the share below.

Source: Woodruff, *JASA* 47 (1952), 635-646. A quantile is the smallest value with at least that share of the weight at
or below it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from .cells import Cells
from .columns import FloatArray, IntArray
from .distribution import t_quantile
from .figures import Figures
from .interval import around
from .targets import Target

_ROUNDING = 1e-12  # sums of weights that differ by less are equal


@dataclass(frozen=True)
class Quantiles:
    """Figures of quantiles, shaped (targets x shares, cells); ``low`` and ``high`` bound them, NaN off the sample."""

    figures: Figures
    low: FloatArray
    high: FloatArray


def quantiles(
    targets: Sequence[Target],
    shares: Sequence[float],
    cells: Cells,
    weights: FloatArray,
    confidence: float,
    means: Callable[[Sequence[Target]], Figures],
) -> Quantiles:
    """Quantiles of each target at each share; ``means`` gives the figures of the mean of targets in the same cells."""
    ladders = [[_Ladder.of(target, rows, weights) for rows in _rows(cells)] for target in targets]
    found = np.array([[ladder.at(share) for ladder in ladders[t]] for t in range(len(targets)) for share in shares])
    sizes = np.diff(cells.starts)
    below: list[Target] = []
    for number, target in enumerate(target for target in targets for _ in shares):
        under = np.zeros(len(target.values), dtype=np.bool_)
        under[cells.rows] = target.values[cells.rows] <= np.repeat(found[number], sizes)
        if target.valid is not None:
            under &= target.valid
        below.append(Target(target.variable, under, target.valid))
    figures = means(below)
    bounds = [
        np.array(
            [[ladders[at // len(shares)][cell].at(p) for cell, p in enumerate(line)] for at, line in enumerate(of)]
        )
        for of in around(figures, confidence)
    ]
    with np.errstate(all="ignore"):
        se = (bounds[1] - bounds[0]) / (2 * t_quantile(confidence, figures.df))
        deff = figures.variance / figures.simple  # of the share below: a quantile has none of its own
        return Quantiles(replace(figures, estimate=found, variance=se**2, simple=se**2 / deff), *bounds)


@dataclass(frozen=True)
class _Ladder:
    values: FloatArray
    climbed: FloatArray

    @classmethod
    def of(cls, target: Target, rows: IntArray, weights: FloatArray) -> _Ladder:
        values, w = target.values[rows].astype(np.float64), weights[rows]
        if target.valid is not None:
            values, w = values[target.valid[rows]], w[target.valid[rows]]
        order = np.argsort(values, kind="stable")
        return cls(values[order], np.cumsum(w[order]))

    def at(self, share: float) -> float:
        if not len(self.values) or not 0 <= share <= 1:
            return float("nan")
        whole = self.climbed[-1]
        place = int(np.searchsorted(self.climbed, (share - _ROUNDING) * whole, side="left"))
        return float(self.values[min(place, len(self.values) - 1)])


def _rows(cells: Cells) -> list[IntArray]:
    return [cells.rows[start:end] for start, end in pairwise(cells.starts)]
