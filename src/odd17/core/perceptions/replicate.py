"""Replicate weights: made from a design, and the variance between the estimates that they give.

With θ_r the estimate under the weights of replicate r::

    V = scale · sum over r of rscale_r (θ_r - centre)²

around the mean of the replicates, or around the estimate itself. Replicates that give no number are left out.
Sources: Wolter, *Introduction to Variance Estimation* (2007), 4 (jackknife); Preston, *Survey Methodology* 35 (2009),
227-234 (rescaled bootstrap of a design in several stages).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

import numpy as np

from odd17.core.kernel import DataError, Message, UsageError

from .cells import Cells
from .columns import BoolArray, FloatArray, IntArray, is_range, near
from .design import Design
from .figures import Figures, empty, simple_variance
from .targets import Target
from .variance import degrees_of_freedom, nest

KINDS = ("bootstrap", "JKn", "JK1")
_ONE_THREAD = 1 << 18  # multiplications
_IN_CACHE = 1 << 17  # factors drawn together
_LARGEST = 1 << 28  # weights of replicates held together: 2 GB


@dataclass(frozen=True)
class Replicates:
    """``weights`` are those of analysis, shaped (replicates, respondents); ``design`` is the one they were made from.

    Degrees of freedom are those of the design, at most one less than the replicates; where it is not known, one less
    than the rank of the weights in the domain (as R's ``survey`` counts them).
    """

    weights: FloatArray
    scale: float
    rscales: FloatArray
    centre: Literal["mean", "estimate"] = "mean"
    design: Design | None = None

    def __post_init__(self) -> None:
        if self.rscales.shape != (len(self.weights),):
            raise UsageError(
                Message(
                    "{rscales} rscales for {weights} replicates", rscales=len(self.rscales), weights=len(self.weights)
                )
            )
        if not (np.isfinite(self.scale) and self.scale >= 0 and (self.rscales >= 0).all()):
            raise UsageError("scale and rscales are zero or more")
        if not np.isfinite(self.weights).all():
            number, row = (int(at) for at in np.argwhere(~np.isfinite(self.weights))[0])
            raise DataError(
                Message("replicate {number} has a respondent without a weight", number=number + 1), row=row + 1
            )

    def variance(self, estimates: FloatArray, estimate: FloatArray) -> FloatArray:
        """Variance between estimates shaped (…, replicates) of an estimate shaped (…)."""
        known = np.isfinite(estimates)
        counted = known & (self.rscales > 0)
        with np.errstate(all="ignore"):
            mean = np.where(counted, estimates, 0.0).sum(axis=-1) / counted.sum(axis=-1)
            centre = mean if self.centre == "mean" else estimate
            squares = np.where(known, (estimates - centre[..., None]) ** 2, 0.0) @ self.rscales
        return np.where(known.any(axis=-1), self.scale * squares, np.nan)


def replicated(
    replicates: Replicates,
    weights: FloatArray,
    cells: Cells,
    targets: Sequence[Target],
    total: bool = False,
    shares: bool = False,
) -> Figures:
    """Figures of every target in every cell, of its total or else of its mean or ratio; of the logit too of shares."""
    figures = empty(len(targets), len(cells))
    logit_se = np.full((len(targets), len(cells)), np.nan) if shares else None
    nesting = None if replicates.design is None else nest(replicates.design, cells.rows, cells.starts)[0]
    in_order = len(cells.rows) == len(weights) and is_range(cells.rows)
    drawn = replicates.weights if in_order else np.take(replicates.weights, cells.rows, axis=1)
    groups = _groups(targets)
    for cell, (start, end) in enumerate(pairwise(cells.starts)):
        rows = cells.rows[start:end]
        w = weights[rows]
        draws = drawn[:, start:end].T
        freedom = _rank(draws) - 1 if nesting is None else len(replicates.weights) - 1
        for group in groups:
            asked = [targets[at] for at in group]
            _fill(figures, logit_se, group, cell, asked, rows, w, draws, replicates, total)
            figures.df[group, cell] = np.minimum(freedom, figures.n[group, cell] - 1)
            if nesting is not None:
                valid = None if asked[0].valid is None else np.stack([_valid(target, rows) for target in asked])
                counted = degrees_of_freedom(nesting, valid, cell, cell + 1)[:, 0]
                figures.df[group, cell] = np.minimum(freedom, counted)
    return Figures(figures.estimate, figures.variance, figures.simple, figures.df, figures.n, logit_se)


def _fill(
    figures: Figures,
    logit_se: FloatArray | None,
    at: list[int],
    cell: int,
    targets: Sequence[Target],
    rows: IntArray,
    w: FloatArray,
    draws: FloatArray,
    replicates: Replicates,
    total: bool,
) -> None:
    y = np.stack([target.values[rows] for target in targets]).astype(np.float64)
    first = targets[0]
    valid = np.ones((1, len(rows)), dtype=np.bool_)
    if first.valid is not None:
        valid = np.stack([_valid(target, rows) for target in targets])
    x = valid.astype(np.float64) if first.below is None else first.below[rows][None, :]
    n, weight = valid.sum(axis=1, keepdims=True), valid @ w[:, None]
    with np.errstate(all="ignore"):
        sums, under = y @ w[:, None], x @ w[:, None]
        drawn = _product(y, draws)
        if total:
            estimate, influence = np.where(n > 0, sums, np.nan), y
        else:
            estimate, drawn = sums / under, drawn / _product(x, draws)
            influence = np.where(valid, (y - estimate * x) / under, 0.0)
        figures.estimate[at, cell] = estimate[:, 0]
        figures.variance[at, cell] = replicates.variance(drawn, estimate[:, 0])
        figures.n[at, cell] = n[:, 0]
        start = np.zeros(1, dtype=np.int64)
        figures.simple[at, cell] = simple_variance(influence * w, influence, weight, n, start, total)[:, 0]
        if logit_se is not None:
            logits = np.log(drawn) - np.log1p(-drawn)
            middle = np.log(estimate[:, 0]) - np.log1p(-estimate[:, 0])
            logit_se[at, cell] = np.sqrt(replicates.variance(logits, middle))


def _product(left: FloatArray, right: FloatArray) -> FloatArray:
    """``left @ right``, in pieces that the processor's library of matrices takes on one thread.

    To wake its other threads for each of thousands of cells costs more than they give, many times so on a busy machine.
    """
    rows, inner, columns = len(left), left.shape[1], right.shape[1]
    piece = max(1, _ONE_THREAD // (rows * columns))
    if inner > 64 * piece:
        return np.asarray(left @ right, dtype=np.float64)
    found = np.zeros((rows, columns))
    for start in range(0, inner, piece):
        found += left[:, start : start + piece] @ right[start : start + piece]
    return found


def _valid(target: Target, rows: IntArray) -> BoolArray:
    return np.ones(len(rows), dtype=np.bool_) if target.valid is None else target.valid[rows]


def _groups(targets: Sequence[Target]) -> list[list[int]]:
    groups: dict[tuple[bool, int], list[int]] = {}
    for at, target in enumerate(targets):
        groups.setdefault((target.valid is None, id(target.below)), []).append(at)
    return list(groups.values())


def _rank(draws: FloatArray) -> int:
    """Rank of weights shaped (respondents, replicates), which is one more than their degrees of freedom."""
    rows, columns = draws.shape
    if rows >= columns:  # some of the respondents are mostly enough to find that the rank is full
        some = draws[:: max(1, rows // (2 * columns))]
        if _full(some.T @ some):
            return int(columns)
    gram = draws.T @ draws if rows > columns else draws @ draws.T
    values = np.linalg.eigvalsh(gram)
    return len(np.flatnonzero(values > 1e-10 * max(float(values[-1]), 0.0)))


def _full(gram: FloatArray) -> bool:
    try:
        pivots = np.diag(np.linalg.cholesky(gram)) ** 2
    except np.linalg.LinAlgError:
        return False
    return bool(pivots.min() > 1e-9 * pivots.max())


def make_replicates(design: Design, kind: str, n: int, seed: int) -> tuple[FloatArray, float, FloatArray]:
    """Factors of the design's weights (replicates, respondents), scale and rscales.

    ``bootstrap`` has ``n`` replicates drawn from ``seed`` and counts every stage; ``JKn`` leaves out one unit of the
    first stage in each, and so does ``JK1``, for a design without strata. A stratum with a single unit stays as it is.
    """
    if kind not in KINDS:
        raise UsageError(
            Message(
                "unknown kind of replicates {kind!r}.{near} Known: {kinds}",
                kind=kind,
                near=near(kind, KINDS),
                kinds=list(KINDS),
            )
        )
    first = design.stages[0]
    if kind == "bootstrap":
        if n < 2:
            raise UsageError(Message("a bootstrap needs at least 2 replicates, not {n}", n=n))
        _refuse_too_many(n, len(design.weights))
        random, factors = np.random.default_rng(seed), np.empty((n, len(design.weights)))
        together = max(1, _IN_CACHE // len(design.weights))
        for start in range(0, n, together):
            part = factors[start : start + together]
            part[:] = _bootstrap(design, len(part), random)
        return factors, 1.0, np.full(n, 1 / (n - 1))
    if kind == "JK1" and len(first.counts) > 1:
        raise UsageError("JK1 is for a design without strata: choose JKn")
    units = int(first.counts.sum())
    _refuse_too_many(units, len(design.weights))
    stratum = np.repeat(np.arange(len(first.counts)), first.counts)  # units are numbered in the order of strata
    counts = first.counts[stratum].astype(np.float64)
    rest = np.where(counts > 1, counts / np.maximum(counts - 1, 1), 1.0)
    factors = np.where(stratum[:, None] == first.strata, rest[:, None], 1.0)
    left_out = (np.arange(units)[:, None] == first.units) & (counts > 1)[:, None]
    factors[left_out] = 0.0
    rscales = (counts - 1) / counts * first.left[stratum]
    return (factors, float(rscales[0]), np.ones(units)) if kind == "JK1" else (factors, 1.0, rscales)


def _refuse_too_many(replicates: int, respondents: int) -> None:
    if replicates * respondents > _LARGEST:
        raise UsageError(
            Message(
                "{replicates} replicates of {respondents} respondents are too many to hold: choose a "
                "bootstrap with fewer",
                replicates=replicates,
                respondents=respondents,
            )
        )


def _bootstrap(design: Design, n: int, random: np.random.Generator) -> FloatArray:
    factors = np.ones((n, len(design.weights)))
    reach: FloatArray | None = None  # product over the stages before of sqrt(n / n*) where drawn, else 0
    for stage in design.stages:
        counts, stratum = stage.counts, stage.strata
        taken = counts // 2
        drawn = _half_samples(counts, n, random)[:, stage.units]
        with np.errstate(all="ignore"):
            ratio = np.where(taken > 0, counts / taken, 1.0)
            strength = np.where(taken > 0, np.sqrt(taken * stage.share * stage.left / (counts - taken)), 0.0)
        part = np.where(drawn, (strength * (ratio - 1))[stratum], -strength[stratum])
        factors += part if reach is None else reach * part
        if stage is not design.stages[-1]:
            kept = np.where(drawn, np.sqrt(ratio)[stratum], (taken == 0)[stratum] * 1.0)
            reach = kept if reach is None else reach * kept
    return factors


def _half_samples(counts: IntArray, n: int, random: np.random.Generator) -> BoolArray:
    """Half of the units of each stratum drawn without replacement, shaped (replicates, units)."""
    ends = np.cumsum(counts)
    drawn = np.zeros((n, int(ends[-1])), dtype=np.bool_)
    for count in np.unique(counts[counts > 1]):
        strata = np.flatnonzero(counts == count)
        keys = random.random((n, len(strata), int(count)))
        last = np.partition(keys, count // 2 - 1, axis=2)[:, :, count // 2 - 1 : count // 2]
        places = (ends[strata] - count)[:, None] + np.arange(count)
        drawn[:, places.ravel()] = (keys <= last).reshape(n, -1)
    return drawn
