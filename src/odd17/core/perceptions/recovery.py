"""What a reader can work out of the withheld cells of one question, by sums and subtractions over what is published.

The reader is taken to know the sums (a territory and those that together make it, categories that make everybody), and,
against us, the number of respondents and the weight behind every cell. What is left of a withheld cell is then the
interval in which its count may lie. Source: Hundepohl, Domingo-Ferrer, Franconi, Giessing, Schulte Nordholt, Spicer and
de Wolf, *Statistical Disclosure Control* (Wiley, 2012), chapter 4 (feasibility intervals).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .columns import BoolArray, FloatArray, IntArray

_STILL = 1e-9  # respondents: bounds that move by less have settled
_SWEEPS = 100


@dataclass(frozen=True)
class Sum:
    """A territory (its place among the cells) and those that together make it; None where it has no cell."""

    whole: int | None
    parts: IntArray


@dataclass(frozen=True)
class Question:
    """One question in every territory, its counts shaped (items, cells) and in weights.

    ``n`` are respondents with an answer, ``weight`` what their weights add up to; ``complete`` says whether the items
    are categories that make everybody.
    """

    n: IntArray
    weight: FloatArray
    counts: FloatArray
    sums: tuple[Sum, ...]
    complete: bool

    @property
    def unit(self) -> FloatArray:
        """The weight of one respondent of each cell, on average."""
        return self.weight / np.maximum(self.n, 1)


def widths(question: Question, hidden: BoolArray) -> FloatArray:
    """How wide, in respondents, the interval is in which the count of each item and cell may lie.

    ``hidden`` says which cells are withheld; those that are published have a width of zero.
    """
    low = np.where(hidden, 0.0, question.counts)
    high = np.where(hidden, question.weight, question.counts)
    for _ in range(_SWEEPS):
        before = high - low
        for at in question.sums:
            if at.whole is not None:
                cells = np.append(at.parts, at.whole)
                signs = np.append(np.ones(len(at.parts)), -1.0)
                _tighten(low, high, cells, signs, np.zeros(len(low)))
        if question.complete:
            _tighten(low.T, high.T, np.arange(len(low)), np.ones(len(low)), question.weight)
        if np.all(before - (high - low) <= _STILL * question.unit):
            break
    found: FloatArray = np.maximum(high - low, 0.0) / np.maximum(question.unit, 1e-300)
    return found


def _tighten(low: FloatArray, high: FloatArray, cells: IntArray, signs: FloatArray, total: FloatArray) -> None:
    """Bring bounds (rows, cells) to what the sum of signed ``cells``, being ``total`` in each row, leaves them."""
    plus = signs > 0
    least = np.where(plus, low[:, cells], -high[:, cells])
    most = np.where(plus, high[:, cells], -low[:, cells])
    others_least = least.sum(axis=1, keepdims=True) - least
    others_most = most.sum(axis=1, keepdims=True) - most
    least = np.maximum(least, total[:, None] - others_most)
    most = np.minimum(most, total[:, None] - others_least)
    low[:, cells] = np.where(plus, least, -most)
    high[:, cells] = np.where(plus, most, -least)


def determined(question: Question, hidden: BoolArray) -> BoolArray:
    """Which hidden cells the sums alone tell exactly, whatever the counts: no solution of the system moves them."""
    unknown = np.flatnonzero(hidden)
    found = np.zeros(len(hidden), dtype=np.bool_)
    rows = []
    for at in question.sums:
        if at.whole is not None:
            row = np.zeros(len(hidden))
            row[at.parts], row[at.whole] = 1.0, -1.0
            rows.append(row[unknown])
    if not rows or not len(unknown):
        return found
    _, singular, right = np.linalg.svd(np.stack(rows))
    rank = int((singular > 1e-9 * max(1.0, singular.max(initial=0.0))).sum())
    free = right[rank:]  # a basis of the solutions of the system without a right-hand side
    found[unknown] = np.abs(free).max(axis=0, initial=0.0) < 1e-9
    return found
