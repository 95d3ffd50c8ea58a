"""Treat: tame the few values that would stretch a scale for all the others.

Source: OECD/JRC, *Handbook on Constructing Composite Indicators* (2008), step 5, and the rule of the JRC's
Competence Centre (COIN Tool user guide): an indicator passes with |skewness| < 2 or excess kurtosis < 3.5; otherwise
its extreme points are winsorised, a few at most; if that is not enough, the original is log-transformed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, NamedTuple

import numpy as np

from odd17.core.kernel import Message, UsageError

from .choose import one_of
from .stage import FloatArray, Stage
from .step import Context, Note, Step


def skewness(x: FloatArray) -> float:
    """Adjusted Fisher-Pearson skewness G1 of the values present (Joanes & Gill 1998); NaN under 3 or if constant.

    >>> round(skewness(np.array([1.0, 2.0, 3.0, 10.0])), 4)
    1.7636
    """
    x = x[~np.isnan(x)]
    n = len(x)
    if n < 3 or x.min() == x.max():
        return float("nan")
    d = x - x.mean()
    g = np.sqrt(n) * np.sum(d**3) / np.sum(d**2) ** 1.5
    return float(g * np.sqrt(n * (n - 1)) / (n - 2))


def kurtosis(x: FloatArray) -> float:
    """Adjusted excess kurtosis G2 of the values present (Joanes & Gill 1998); NaN under 4 or if constant.

    >>> round(kurtosis(np.array([1.0, 2.0, 3.0, 4.0])), 4)
    -1.2
    """
    x = x[~np.isnan(x)]
    n = len(x)
    if n < 4 or x.min() == x.max():
        return float("nan")
    d = x - x.mean()
    r = n * np.sum(d**4) / np.sum(d**2) ** 2
    return float(((n + 1) * (r - 3) + 6) * (n - 1) / ((n - 2) * (n - 3)))


def passes(x: FloatArray, skew: float = 2.0, kurt: float = 3.5) -> bool:
    """Whether |skewness| < ``skew`` or excess kurtosis < ``kurt``; true where they are not defined."""
    return not (abs(skewness(x)) >= skew and kurtosis(x) >= kurt)


class Winsorised(NamedTuple):
    """Treated values, and how many points were moved at either end."""

    values: FloatArray
    high: int
    low: int


def winsorise(x: FloatArray, max_points: int, skew: float = 2.0, kurt: float = 3.5) -> Winsorised:
    """Bring the most extreme values in to the next one, on the side of the skew, until the vector passes.

    Tied values move together; it stops before more than ``max_points`` would have moved, passing or not.

    >>> winsorise(np.array([1.0, 2.0, 3.0, 4.0, 5.0, 100.0]), 1).values.tolist()
    [1.0, 2.0, 3.0, 4.0, 5.0, 5.0]
    """
    x = x.copy()
    high: set[int] = set()
    low: set[int] = set()
    while not passes(x, skew, kurt):
        upward = skewness(x) >= 0
        extreme = np.nanmax(x) if upward else np.nanmin(x)
        moved = {int(row) for row in np.flatnonzero(x == extreme)}
        next_high, next_low = (high | moved, low) if upward else (high, low | moved)
        if len(next_high) + len(next_low) > max_points:
            break
        high, low = next_high, next_low
        rest = x[x != extreme]
        x[x == extreme] = np.nanmax(rest) if upward else np.nanmin(rest)
    return Winsorised(x, len(high), len(low))


def log_ct(x: FloatArray) -> FloatArray:
    """``ln(x - min + 0.01 (max - min))``: the logarithm of the JRC's COIN Tool, for any sign; missing if constant.

    >>> log_ct(np.array([0.0, 99.0])).round(4).tolist()
    [-0.0101, 4.6051]
    """
    if np.isnan(x).all() or np.nanmin(x) == np.nanmax(x):
        return np.full_like(x, np.nan)
    least = np.nanmin(x)
    logged: FloatArray = np.log(x - least + 0.01 * (np.nanmax(x) - least))
    return logged


@dataclass(frozen=True)
class Treat(Step):
    """Treat each indicator that does not pass (|skewness| < ``skew`` or excess kurtosis < ``kurtosis``).

    It is winsorised, up to ``max_points`` points; if that is not enough, ``then`` says what replaces it: log_ct (of
    the original values) or none (the winsorised values stay). A constant column, or one with fewer than four values,
    passes.
    """

    max_points: int = 5
    then: str = "log_ct"
    skew: float = 2.0
    kurtosis: float = 3.5

    stage: ClassVar[str] = "treated"
    place: ClassVar[int] = 3

    def __post_init__(self) -> None:
        one_of(self.then, ("log_ct", "none"), "treatment")
        if isinstance(self.max_points, bool) or not isinstance(self.max_points, int) or self.max_points < 0:
            raise UsageError(
                Message("max_points is a whole number, zero or more, not {max_points!r}", max_points=self.max_points)
            )
        if not (self.skew > 0 and np.isfinite(self.kurtosis)):
            raise UsageError("skew is above zero and kurtosis is finite")

    def apply(self, stage: Stage, context: Context) -> tuple[Stage, Note]:
        """The treated stage; notes points moved, columns transformed, and columns that still do not pass."""
        values = stage.values.copy(order="F")
        moved: dict[str, dict[str, int]] = {}
        logged: list[str] = []
        failing: list[str] = []
        for at, code in enumerate(stage.columns):
            x = stage.values[:, at]
            if passes(x, self.skew, self.kurtosis):
                continue
            found = winsorise(x, self.max_points, self.skew, self.kurtosis)
            values[:, at] = found.values
            if not passes(found.values, self.skew, self.kurtosis) and self.then == "log_ct":
                values[:, at] = log_ct(x)
                logged.append(code)
            else:
                moved[code] = {"high": found.high, "low": found.low}
            if not passes(values[:, at], self.skew, self.kurtosis):
                failing.append(code)
        return stage.moved(self.stage, values), {"winsorised": moved, "log_ct": logged, "still_failing": failing}
