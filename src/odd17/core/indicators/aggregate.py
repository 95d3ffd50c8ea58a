"""Aggregate: from indicators to nodes, level by level, weights renormalised over what is present.

Formulas: OECD/JRC, *Handbook on Constructing Composite Indicators* (2008), step 6 and its section on aggregation.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, ClassVar

import numpy as np

from odd17.core.kernel import DataError, Message, UsageError

from .choose import one_of
from .frame import Frame
from .outranking import copeland
from .stage import FloatArray, IntArray, Stage
from .step import Context, Note, Step


def arithmetic(x: FloatArray, weights: FloatArray) -> FloatArray:
    """``Σ (w / Σ w) x`` over the values present of each row (units × children); NaN where none weighs anything.

    The products are summed exactly (error-free transformation: Knuth, *The Art of Computer Programming* 2, 4.2.2)
    and rounded once, so that a score depends on nothing but its own row, and scores that COINr tells apart by their
    last bit are told apart here.

    >>> arithmetic(np.array([[1.0, 4.0], [np.nan, 4.0]]), np.array([2.0, 1.0])).tolist()
    [2.0, 4.0]
    """
    present = ~np.isnan(x)
    total, mean, rest = (np.zeros(len(x)) for _ in range(3))
    for at, weight in enumerate(weights):
        total += np.where(present[:, at], weight, 0.0)
    with np.errstate(invalid="ignore", divide="ignore"):
        for at, weight in enumerate(weights):
            term = np.where(present[:, at], x[:, at] * (weight / total), 0.0)
            added = mean + term
            back = added - mean
            rest += (mean - (added - back)) + (term - back)
            mean = added
    return np.where(total > 0, mean + rest, np.nan)


def geometric(x: FloatArray, weights: FloatArray) -> FloatArray:
    """``exp(Σ w ln x / Σ w)`` over the values present of each row, all above zero.

    >>> geometric(np.array([[1.0, 4.0], [np.nan, 4.0]]), np.array([1.0, 1.0])).tolist()
    [2.0, 4.0]
    """
    return np.exp(arithmetic(np.log(x), weights))


def harmonic(x: FloatArray, weights: FloatArray) -> FloatArray:
    """``Σ w / Σ (w / x)`` over the values present of each row, all above zero.

    >>> harmonic(np.array([[1.0, 3.0], [np.nan, 4.0]]), np.array([1.0, 1.0])).tolist()
    [1.5, 4.0]
    """
    mean: FloatArray = 1.0 / arithmetic(1.0 / x, weights)
    return mean


def power_mean(x: FloatArray, weights: FloatArray, power: float) -> FloatArray:
    """``(Σ w x^p / Σ w)^(1/p)`` over the values present of each row; none below zero, none zero where p is negative.

    >>> power_mean(np.array([[1.0, 7.0], [np.nan, 4.0]]), np.array([1.0, 1.0]), 2.0).tolist()
    [5.0, 4.0]
    """
    mean: FloatArray = arithmetic(x**power, weights) ** (1.0 / power)
    return mean


METHODS = ("arithmetic", "geometric", "harmonic", "power", "copeland")
"""What turns units × children and weights into one score a unit."""


def aggregated(method: str, x: FloatArray, weights: FloatArray, power: float | None = None) -> FloatArray:
    """One score a row of units × children by a method of ``METHODS``; the values must suit it."""
    match method:
        case "geometric":
            return geometric(x, weights)
        case "harmonic":
            return harmonic(x, weights)
        case "power" if power is not None:
            return power_mean(x, weights, power)
        case "copeland":
            return copeland(x, weights)
        case _:
            return arithmetic(x, weights)


def unsuited(method: str, x: FloatArray, power: float | None = None) -> np.ndarray[Any, np.dtype[np.bool_]]:
    """Where a method has no meaning: values of zero or less for means of logarithms and inverses."""
    if method in ("geometric", "harmonic") or (method == "power" and power is not None and power < 0):
        return np.asarray(x <= 0.0)
    return np.asarray(x < 0.0) if method == "power" else np.zeros(x.shape, dtype=bool)


def enough(x: FloatArray, min_available: float) -> np.ndarray[Any, np.dtype[np.bool_]]:
    """Which rows have a value, and at least this share of their columns present: counted, not weighed."""
    available = np.count_nonzero(~np.isnan(x), axis=1)
    # a quotient is rounded as a share written in decimals is: 4 of 5 are 0.8
    kept: np.ndarray[Any, np.dtype[np.bool_]] = (available > 0) & (available / max(1, x.shape[1]) >= min_available)
    return kept


@dataclass(frozen=True)
class Aggregate(Step):
    """Score every node from its direct children, from the lowest level up.

    ``method``: arithmetic, geometric, harmonic, power (with its exponent ``power``, not 0), copeland (which compares
    units two by two). Geometric, harmonic and a negative power refuse values of zero or less, any power negative
    ones, with a DataError naming unit and node.

    ``method`` is used everywhere but where ``at`` names another, for a node (its code) or a level (its name or
    number); a node wins over its level. A node is missing for a unit of which less than ``min_available`` (a share,
    0 to 1) of the node's direct children are present: children are counted, not weighed, and a child that is itself
    refused, or that has no indicator at all, counts as missing. Without ``min_available`` one child is enough.
    """

    method: str = "arithmetic"
    at: Mapping[str | int, str] = field(default_factory=dict)
    min_available: float = 0.0
    power: float | None = None

    stage: ClassVar[str] = "aggregated"
    place: ClassVar[int] = 5

    def __post_init__(self) -> None:
        one_of(self.method, METHODS, "aggregation")
        for method in self.at.values():
            one_of(method, METHODS, "aggregation")
        if not 0.0 <= self.min_available <= 1.0:
            raise UsageError(
                Message("min_available is a share from 0 to 1, not {min_available!r}", min_available=self.min_available)
            )
        if ("power" in (self.method, *self.at.values())) != (self.power is not None):
            raise UsageError("'power' goes with the aggregation 'power', and with it alone")
        if self.power is not None and (self.power == 0 or not np.isfinite(self.power)):
            raise UsageError("power is a finite number other than 0 (for 0 take 'geometric')")

    def methods(self, frame: Frame) -> dict[str, str]:
        """The method of each node above level 1; UsageError where ``at`` names what the frame has not."""
        chosen = dict.fromkeys(frame.aggregates, self.method)
        levels = {name: level for level, name in frame.level_names.items()}
        numbers = {str(node.level): node.level for node in frame.nodes if node.level > 1}
        for key, method in self.at.items():
            known = one_of(str(key), [*frame.aggregates, *levels, *numbers], "node or level")
            if known not in chosen:
                level = levels[known] if known in levels else numbers[known]
                chosen |= dict.fromkeys(frame.at_level(level), method)
        return chosen | {str(key): method for key, method in self.at.items() if str(key) in chosen}

    def with_method(self, method: str) -> Aggregate:
        """The same choices with another method."""
        return replace(self, method=method)

    def apply(self, stage: Stage, context: Context) -> tuple[Stage, Note]:
        """The aggregated stage: every code of the frame, the root first; notes how many units each node is missing."""
        frame = context.frame
        scores = {code: stage.values[:, at] for at, code in enumerate(stage.columns)}
        nobody = np.full(len(stage.units), np.nan)
        for code, method in self.methods(frame).items():
            children = frame.children[code]
            x = np.array([scores[child] for child in children]).reshape(len(children), len(nobody)).T
            weights = np.array([frame.by_code[child].weight for child in children], dtype=np.float64)
            kept = enough(x, self.min_available)
            self._refuse(method, code, children, x, np.flatnonzero(kept), stage.units)
            score = nobody.copy()
            score[kept] = aggregated(method, x[kept], weights, self.power)
            scores[code] = score
        values = np.array([scores[code] for code in frame.codes]).T
        missing = {code: int(np.isnan(scores[code]).sum()) for code in frame.aggregates}
        return Stage(self.stage, stage.units, stage.rows, frame.codes, values), {"missing": missing}

    def _refuse(
        self, method: str, code: str, children: Sequence[str], x: FloatArray, kept: IntArray, units: Sequence[str]
    ) -> None:
        found = np.argwhere(unsuited(method, x[kept], self.power))
        if found.size:
            row, at = (int(position) for position in found[0])
            raise DataError(
                Message(
                    "the {method} aggregation of node {code!r} takes no zero or negative score: unit {unit!r}",
                    method=method,
                    code=code,
                    unit=units[kept[row]],
                ),
                column=children[at],
                value=float(x[kept[row], at]),
                remedy="normalise to values above zero (low=1), or take another aggregation",
            )
