"""Estimates and their variance by Taylor linearisation, for every target in every cell.

The influence of respondent k on an estimate over a domain d of total weight W and denominator X is, within d, ::

    mean or share   (y - estimate) / W
    ratio           (y - estimate x) / X
    total           y

and zero outside; the variance is that of the total of the influences. Sources: Woodruff, *JASA* 66 (1971), 411-414;
Binder, *International Statistical Review* 51 (1983), 279-292; Särndal, Swensson and Wretman (1992), 5.5 and 5.7.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from .cells import Cells
from .columns import BoolArray, FloatArray, IntArray
from .design import Design
from .figures import Figures, empty, simple_variance
from .residual import Residual
from .targets import Target
from .variance import Nesting, degrees_of_freedom, nest, variances

_BLOCK = 1 << 15  # values worked on together: they stay in the processor's cache
_BATCH = 1 << 24  # values gathered together


def taylor(
    design: Design,
    weights: FloatArray,
    cells: Cells,
    targets: Sequence[Target],
    total: bool = False,
    residual: Residual | None = None,
) -> Figures:
    """Figures of every target in every cell, of its total or else of its mean or ratio.

    ``weights`` are the final ones; ``residual`` tells how they were calibrated.
    """
    figures = empty(len(targets), len(cells))
    work = _Work(design, weights[cells.rows], cells, nest(design, cells.rows, cells.starts), total, residual)
    for batch in _batches(targets, len(cells.rows)):
        work.fill(figures, batch, [targets[at] for at in batch])
    return figures


def _batches(targets: Sequence[Target], rows: int) -> Iterator[list[int]]:
    """Targets to work on together: all with an answer from everybody, or all without; with the same denominator."""
    groups: dict[tuple[bool, int], list[int]] = {}
    for at, target in enumerate(targets):
        groups.setdefault((target.valid is None, id(target.below)), []).append(at)
    size = max(1, _BATCH // max(1, rows))
    for group in groups.values():
        for start in range(0, len(group), size):
            yield group[start : start + size]


@dataclass(frozen=True)
class _Work:
    design: Design
    weights: FloatArray  # of the rows of the cells
    cells: Cells
    nesting: tuple[Nesting, ...]
    total: bool
    residual: Residual | None

    def fill(self, figures: Figures, at: Sequence[int], targets: Sequence[Target]) -> None:
        rows, starts = self.cells.rows, self.cells.starts
        values = np.stack([target.values[rows] for target in targets])
        valid = None
        if targets[0].valid is not None:
            valid = np.stack([target.valid[rows] for target in targets if target.valid is not None])
        below = None if targets[0].below is None else targets[0].below[rows]
        for first, last in _blocks(starts, max(1, _BLOCK // len(targets))):
            inside = slice(int(starts[first]), int(starts[last]))
            self._block(
                figures,
                np.asarray(at),
                (first, last),
                values[:, inside].astype(np.float64),
                None if valid is None else valid[:, inside],
                None if below is None else below[inside],
            )

    def _block(
        self,
        figures: Figures,
        at: IntArray,
        span: tuple[int, int],
        y: FloatArray,
        valid: BoolArray | None,
        below: FloatArray | None,
    ) -> None:
        first, last = span
        begin = self.cells.starts[first : last + 1]
        starts, sizes = begin[:-1] - begin[0], np.diff(begin)
        w = self.weights[begin[0] : begin[-1]]
        answering = w[None, :] if valid is None else w * valid
        weight = np.add.reduceat(answering, starts, axis=1)
        n = sizes[None, :] if valid is None else np.add.reduceat(valid.astype(np.int64), starts, axis=1)
        sums = np.add.reduceat(y * w, starts, axis=1)  # y is zero where there is no answer
        with np.errstate(all="ignore"):
            if self.total:
                estimate, influence = np.where(n > 0, sums, np.nan), y
            else:
                under = weight if below is None else np.add.reduceat(answering * below, starts, axis=1)
                estimate = sums / under
                fitted = _spread(estimate, sizes)
                influence = y - (fitted if below is None else fitted * below)
                influence *= _spread(1 / under, sizes)
                if valid is not None:
                    influence = np.where(valid, influence, 0.0)
        s = influence * w
        variance = variances(self.nesting, self.design.lonely_psu, s, first, last)
        if self.residual is not None:
            variance = self._calibrated(self.residual, variance, influence, s, begin)
        columns = np.ix_(at, np.arange(first, last))
        figures.estimate[columns] = estimate
        figures.variance[columns] = np.where(n > 0, variance, np.nan)
        figures.df[columns] = degrees_of_freedom(self.nesting[0], valid, first, last)
        figures.n[columns] = n
        figures.simple[columns] = simple_variance(s, influence, weight, n, starts, self.total)

    def _calibrated(
        self, residual: Residual, variance: FloatArray, influence: FloatArray, s: FloatArray, begin: IntArray
    ) -> FloatArray:
        found = np.empty_like(variance)
        for cell, (start, end) in enumerate(pairwise(begin - begin[0])):
            rows = self.cells.rows[begin[cell] : begin[cell + 1]]
            found[:, cell] = residual.reduced(variance[:, cell], influence[:, start:end], s[:, start:end], rows)
        return found


def _spread(of_cells: FloatArray, sizes: IntArray) -> FloatArray:
    """A value of each cell given to each of its respondents."""
    return of_cells if len(sizes) == 1 else np.repeat(of_cells, sizes, axis=1)


def _blocks(starts: IntArray, rows: int) -> Iterator[tuple[int, int]]:
    """Runs of whole cells with about so many rows."""
    first, cells = 0, len(starts) - 1
    while first < cells:
        last = int(np.searchsorted(starts, starts[first] + rows, side="right")) - 1
        last = min(max(last, first + 1), cells)
        yield first, last
        first = last
