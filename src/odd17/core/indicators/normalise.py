"""Normalise: bring indicators of different units to one scale, direction first.

Formulas: OECD/JRC, *Handbook on Constructing Composite Indicators* (2008), step 5, with the sign of an indicator of
direction -1 turned before anything else. A column on which a method is not defined (constant under min-max, say) is
missing for every unit: nothing can be said of differences that are not there.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from odd17.core.kernel import DataError, Message, UsageError

from .choose import one_of
from .rank import ranks
from .stage import FloatArray, Stage
from .step import Context, Note, Step

DEFAULTS: dict[str, dict[str, float]] = {
    "minmax": {"low": 0.0, "high": 100.0},
    "zscore": {"mean": 0.0, "sd": 1.0},
    "rank": {},
    "percentile": {},
    "borda": {},
    "fraction_of_max": {},
    "distance_to_max": {},
    "distance_to_reference": {},
    "distance_to_target": {},
    "goalposts": {"low": 0.0, "high": 100.0},
}
"""Methods, and the numbers that each may be given with what they are otherwise."""


def divided(above: FloatArray, below: float) -> FloatArray:
    """``above / below``; missing everywhere where ``below`` is zero or missing."""
    if np.isnan(below) or below == 0.0:
        return np.full_like(above, np.nan)
    quotient: FloatArray = above / below
    return quotient


def lowest(x: FloatArray) -> float:
    """The least value present; NaN where there is none."""
    return float(np.fmin.reduce(x, initial=np.nan))


def highest(x: FloatArray) -> float:
    """The greatest value present; NaN where there is none."""
    return float(np.fmax.reduce(x, initial=np.nan))


def minmax(x: FloatArray, low: float = 0.0, high: float = 100.0) -> FloatArray:
    """``low + (high - low) (x - min) / (max - min)`` over the values present of a vector; missing if constant.

    >>> minmax(np.array([1.0, 3.0, np.nan, 2.0])).tolist()
    [0.0, 100.0, nan, 50.0]
    """
    least = lowest(x)
    scaled: FloatArray = divided(x - least, highest(x) - least) * (high - low) + low
    return scaled


def zscore(x: FloatArray, mean: float = 0.0, sd: float = 1.0) -> FloatArray:
    """``mean + sd (x - average) / s`` with s of n - 1; missing if constant or if fewer than two values are present."""
    present = x[~np.isnan(x)]
    # a constant column has a standard deviation of rounding alone
    if len(present) < 2 or present.min() == present.max():
        return np.full_like(x, np.nan)
    scaled: FloatArray = (x - present.mean()) / present.std(ddof=1) * sd + mean
    return scaled


def ascending(x: FloatArray) -> FloatArray:
    """1 for the lowest; ties take the smallest: the number of values strictly below, plus one."""
    return ranks(-x)


def borda(x: FloatArray) -> FloatArray:
    """The number of values strictly below: rank - 1."""
    return ascending(x) - 1.0


def percentile(x: FloatArray) -> FloatArray:
    """The share of the other values that lies strictly below: (rank - 1) / (n - 1); missing for one value."""
    return divided(borda(x), float(np.count_nonzero(~np.isnan(x)) - 1))


def fraction_of_max(x: FloatArray) -> FloatArray:
    """``x / max``; missing if the maximum is zero."""
    return divided(x, highest(x))


def distance_to_max(x: FloatArray) -> FloatArray:
    """``1 - (max - x) / (max - min)``; missing if constant."""
    most = highest(x)
    return 1.0 - divided(most - x, most - lowest(x))


def distance_to_reference(x: FloatArray, reference: float) -> FloatArray:
    """``1 - (reference - x) / (reference - min)``: 1 at the reference, above it beyond; missing if it is the least."""
    return 1.0 - divided(reference - x, reference - lowest(x))


def distance_to_target(x: FloatArray, target: float) -> FloatArray:
    """``(x - min) / (target - min)``: 1 at the target, above it beyond; missing if the target is the least value.

    Raises UsageError where the target is below the least value: nothing would be left to reach.
    """
    if target < lowest(x):
        raise UsageError(
            Message("the target {target:g} is below every value, in the direction of the indicator", target=target)
        )
    return divided(x - lowest(x), target - lowest(x))


def goalposts(x: FloatArray, bottom: float, top: float, low: float = 0.0, high: float = 100.0) -> FloatArray:
    """``low`` at or under ``bottom``, ``high`` at or over ``top``, a straight line between."""
    scaled: FloatArray = np.clip((x - bottom) / (top - bottom), 0.0, 1.0) * (high - low) + low
    return scaled


@dataclass(frozen=True)
class Normalise(Step):
    """Bring every indicator to one scale, in its direction.

    ``method``: minmax (``low``, ``high``), zscore (``mean``, ``sd``), rank, percentile, borda, fraction_of_max,
    distance_to_max, distance_to_reference (``reference``: a unit), distance_to_target (the frame's targets),
    goalposts (``goalposts``: {indicator: (bottom, top)} on the scale of the raw values; ``low``, ``high``).
    A number that the method does not use is refused. Columns on which the method is not defined (constant, all
    missing) come out missing; so does the only value of a single unit, except under rank, borda, goalposts,
    fraction_of_max.
    """

    method: str = "minmax"
    low: float | None = None
    high: float | None = None
    mean: float | None = None
    sd: float | None = None
    reference: str | None = None
    goalposts: Mapping[str, tuple[float, float]] | None = None

    stage: ClassVar[str] = "normalised"
    place: ClassVar[int] = 4

    def __post_init__(self) -> None:
        one_of(self.method, DEFAULTS, "normalisation")
        used = DEFAULTS[self.method]
        for name in ("low", "high", "mean", "sd"):
            given = getattr(self, name)
            if given is None:
                if name in used:
                    object.__setattr__(self, name, used[name])
            elif name not in used:
                raise UsageError(Message("Normalise({method!r}) takes no {name!r}", method=self.method, name=name))
            elif not np.isfinite(given):
                raise UsageError(Message("{name} must be a finite number, not {given!r}", name=name, given=given))
        if self.low is not None and self.high is not None and self.low >= self.high:
            raise UsageError(Message("low ({low:g}) must be under high ({high:g})", low=self.low, high=self.high))
        if self.sd is not None and self.sd <= 0:
            raise UsageError(Message("sd must be above zero, not {sd:g}", sd=self.sd))
        for name, owner in (("reference", "distance_to_reference"), ("goalposts", "goalposts")):
            if (getattr(self, name) is not None) != (self.method == owner):
                raise UsageError(
                    Message("{name!r} goes with Normalise({owner!r}), and with it alone", name=name, owner=owner)
                )
        for code, (bottom, top) in (self.goalposts or {}).items():
            if not bottom < top:
                raise UsageError(
                    Message(
                        "the goalposts of {code!r} must rise: {bottom!r}, {top!r}", code=code, bottom=bottom, top=top
                    )
                )

    def with_method(self, method: str) -> Normalise:
        """Another method with its own numbers; the same one as it is."""
        return self if method == self.method else Normalise(method)

    def apply(self, stage: Stage, context: Context) -> tuple[Stage, Note]:
        """The normalised stage; notes the columns that came out missing although they had values."""
        values = np.empty_like(stage.values)
        for at, code in enumerate(stage.columns):
            values[:, at] = self._column(code, stage.values[:, at], stage, context)
        lost = np.isnan(values).all(axis=0) & ~np.isnan(stage.values).all(axis=0)
        return stage.moved(self.stage, values), {"undefined": [stage.columns[at] for at in np.flatnonzero(lost)]}

    def _column(self, code: str, raw: FloatArray, stage: Stage, context: Context) -> FloatArray:
        node = context.frame.by_code[code]
        x = raw * node.direction
        low, high = self.low or 0.0, self.high or 0.0
        match self.method:
            case "minmax":
                return minmax(x, low, high)
            case "zscore":
                return zscore(x, self.mean or 0.0, self.sd or 1.0)
            case "distance_to_reference":
                at = stage.units.index(one_of(self.reference, stage.units, "unit of reference"))
                return distance_to_reference(x, float(x[at]))
            case "distance_to_target":
                if node.target is None:
                    raise DataError(
                        Message("indicator {code!r} has no target", code=code),
                        column="target",
                        remedy="give it in the frame",
                    )
                return distance_to_target(x, node.target * node.direction)
            case "goalposts":
                posts = self.goalposts or {}
                if code not in posts:
                    raise UsageError(Message("indicator {code!r} has no goalposts", code=code))
                bottom, top = sorted(post * node.direction for post in posts[code])
                return goalposts(x, bottom, top, low, high)
            case _:
                return PLAIN[self.method](x)


PLAIN = {
    "rank": ascending,
    "percentile": percentile,
    "borda": borda,
    "fraction_of_max": fraction_of_max,
    "distance_to_max": distance_to_max,
}
"""Methods that need nothing but the column."""
