"""The design of a survey: weights, and at each stage the strata, the units drawn and the population they stand for.

Source: Särndal, Swensson and Wretman, *Model Assisted Survey Sampling* (1992), results 3.7.2 and 4.3.1.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import polars as pl

from odd17.core.kernel import DataError, Message, UsageError

from .columns import FloatArray, IntArray, codes, column, dense, in_order, near, numbers

LONELY = ("fail", "certainty", "adjust", "average", "remove")
_ALL_TAKEN = 1e-7  # a share left out that is this small means that every unit was taken


@dataclass(frozen=True)
class Stage:
    """One stage of drawing. Codes are nested: a unit belongs to one stratum, a stratum to one unit of the stage before.

    ``units`` and ``strata`` give each respondent's codes; ``first`` the first respondent of each stratum. For each
    stratum, ``counts`` is the number of units drawn, ``left`` the share of the population not drawn (1 - n/N) and
    ``share`` the product of n/N of the stages before, by which the stage's own variance counts.
    """

    units: IntArray
    strata: IntArray
    first: IntArray
    counts: IntArray
    left: FloatArray
    share: FloatArray

    @property
    def lonely(self) -> IntArray:
        """Strata whose variance cannot be told: a single unit, of several in the population."""
        return np.flatnonzero((self.counts == 1) & (self.left > _ALL_TAKEN) & (self.share > 0))

    @cached_property
    def coefficients(self) -> FloatArray:
        """By how much each stratum's sum of squares around its mean counts; 0 where there is one unit."""
        factor = np.where(self.counts > 1, self.counts / np.maximum(self.counts - 1, 1), 0.0)
        return np.where(self.left > _ALL_TAKEN, self.share * self.left * factor, 0.0)


@dataclass(frozen=True)
class Design:
    """Weights (one a respondent, zero or more) and stages. ``lonely_psu`` says what a stratum of one unit means."""

    weights: FloatArray
    stages: tuple[Stage, ...]
    lonely_psu: str
    simple: bool  # one stage, each respondent a unit

    @cached_property
    def order(self) -> IntArray:
        """Respondents such that strata, and units within them, stand together at every stage."""
        last = self.stages[-1].units
        if self.simple:
            order = np.empty(len(last), dtype=np.int64)
            order[last] = np.arange(len(last))
            return order
        return in_order(last)


def read_weights(frame: pl.DataFrame, name: str) -> FloatArray:
    """Weights, checked: DataError, naming the row, for one that is missing, negative or infinite; for a sum of zero."""
    weights = numbers(frame, name)
    wrong = np.flatnonzero(~(weights >= 0))
    if len(wrong):
        row = int(wrong[0])
        missing = bool(np.isnan(weights[row]))
        raise DataError(
            "a respondent without a weight" if missing else "a negative weight",
            row=row + 1,
            column=name,
            value=None if missing else float(weights[row]),
            remedy="give each respondent a weight, zero for those who do not count",
        )
    with np.errstate(over="ignore"):
        total = float(weights.sum())
    if not 0 < total < np.inf:
        raise DataError("the weights sum to nothing plausible", column=name, value=total, remedy="check their unit")
    return weights


def read_design(
    frame: pl.DataFrame,
    weights: str,
    psu: Sequence[str],
    strata: Sequence[str | None],
    fpc: Sequence[str],
    lonely_psu: str,
) -> Design:
    """The design that the columns tell, one name a stage; no ``psu`` means that respondents were drawn one by one.

    ``fpc`` are numbers of units in the population, or shares drawn where none is above 1. Raises UsageError for a
    column that is absent, DataError for a unit without a code, for a population that varies within a stratum or is
    smaller than the sample, and, unless ``lonely_psu`` says otherwise, for a stratum with a single unit.
    """
    if lonely_psu not in LONELY:
        raise UsageError(
            Message(
                "unknown lonely_psu {lonely_psu!r}.{near} Known: {lonely}",
                lonely_psu=lonely_psu,
                near=near(lonely_psu, LONELY),
                lonely=list(LONELY),
            )
        )
    depth = max(1, len(psu))
    if len(strata) > depth or len(fpc) > depth:
        raise UsageError(Message("strata and fpc name at most one column a stage, and there are {depth}", depth=depth))
    rows = frame.height
    parents, share = np.zeros(rows, dtype=np.int64), np.ones(rows)
    stages: list[Stage] = []
    for number in range(depth):
        name = strata[number] if number < len(strata) else None
        inside = parents if name is None else _nested(parents, frame, name)
        strata_codes, first = dense(inside)
        simple = not psu
        units = (
            _row_units(strata_codes) if simple else dense(_nested(strata_codes, frame, psu[number]))[0]
        )  # numbered in the order of their strata, at every stage
        owners = np.zeros(int(units.max()) + 1, dtype=np.int64)
        owners[units] = strata_codes
        counts = np.bincount(owners, minlength=len(first))
        drawn = _drawn(frame, fpc[number], strata_codes, first, counts, name) if number < len(fpc) else None
        taken = np.zeros(len(first)) if drawn is None else drawn
        stages.append(Stage(units, strata_codes, first, counts, 1 - taken, share[first]))
        share = share * taken[strata_codes]
        parents = units
        if not share.any():
            break  # drawn with replacement, as far as can be told: later stages add nothing (Särndal, 4.6)
    design = Design(read_weights(frame, weights), tuple(stages), lonely_psu, not psu)
    if lonely_psu == "fail":
        _refuse_lonely(frame, design, psu, strata)
    return design


def _nested(parents: IntArray, frame: pl.DataFrame, name: str) -> IntArray:
    found, levels = codes(column(frame, name))
    missing = np.flatnonzero(found < 0)
    if len(missing):
        raise DataError("the design is not told for this respondent", row=int(missing[0]) + 1, column=name)
    return parents * np.int64(len(levels)) + found


def _row_units(strata: IntArray) -> IntArray:
    units = np.empty(len(strata), dtype=np.int64)
    units[in_order(strata)] = np.arange(len(strata))
    return units


def _drawn(
    frame: pl.DataFrame, name: str, strata: IntArray, first: IntArray, counts: IntArray, label: str | None
) -> FloatArray:
    values = numbers(frame, name)
    of_stratum = values[first]
    wrong = np.flatnonzero(~((values == of_stratum[strata]) & (values > 0)))
    if len(wrong):
        row = int(wrong[0])
        raise DataError(
            "a population is a number above zero, the same throughout a stratum",
            row=row + 1,
            column=name,
            value=float(values[row]),
        )
    drawn: FloatArray = of_stratum if of_stratum.max() <= 1 else counts / of_stratum
    over = np.flatnonzero(drawn > 1)
    if len(over):
        at = int(over[0])
        raise DataError(
            Message("more units were drawn ({drawn}) than the population has", drawn=int(counts[at]))
            if label is None
            else Message(
                "more units were drawn ({drawn}) than the population has in the stratum {stratum!r} of {label!r}",
                drawn=int(counts[at]),
                stratum=frame[label][int(first[at])],
                label=label,
            ),
            column=name,
            value=float(of_stratum[at]),
        )
    return drawn


def _refuse_lonely(frame: pl.DataFrame, design: Design, psu: Sequence[str], strata: Sequence[str | None]) -> None:
    for number, stage in enumerate(design.stages):
        if not len(stage.lonely):
            continue
        row = int(stage.first[stage.lonely[0]])
        inside = [name for name in (*psu[:number], *strata[: number + 1]) if name is not None]
        told = [f"{name} = {frame[name][row]!r}" for name in inside] or Message("the whole sample")
        raise DataError(
            Message(
                "a stratum has a single unit at stage {number}, so its variance cannot be told: {told}",
                number=number + 1,
                told=told,
            ),
            row=row + 1,
            remedy="join it with another stratum, or choose lonely_psu among certainty, adjust, average and remove",
        )
