"""The slope of a short series: the Theil–Sen estimator, with the interval that Kendall's statistic gives it.

It suits what a figure's periods are: few, irregular, now and then with one far out. Theil, *A rank-invariant method of
linear and polynomial regression analysis*, Proc. Kon. Ned. Akad. v. Wetensch. A 53, 1950; Sen, *Estimates of the
regression coefficient based on Kendall's tau*, J. Amer. Statist. Assoc. 63, 1968, section 4.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from math import factorial
from statistics import median
from typing import Final

LEVEL: Final = 0.9
"""Of the interval of a slope: that of ranks."""


@dataclass(frozen=True, slots=True)
class Slope:
    """A change a year over ``n`` periods: the median of the slopes between two, and an interval of at least ``level``.

    The interval supposes that periods scatter about a line independently of one another.
    """

    value: float
    low: float
    high: float
    level: float
    n: int

    @property
    def is_told(self) -> bool:
        """Whether the interval leaves out 0, so that the series is said to rise or to fall."""
        return self.low > 0 or self.high < 0


def theil_sen(times: Sequence[float], values: Sequence[float], level: float = LEVEL) -> Slope | None:
    """The slope of ``values`` over ``times`` (years, all different); None where they are too few for ``level``.

    The interval runs between two of the ordered slopes, as many left out at each end as the exact distribution of
    Kendall's statistic allows (Sen, 1968, equation 2.6). All of them hold the true slope with probability 1 − 2/n!: two
    thirds for three periods, 92 % for four, so that four are the fewest for 90 %. Raises ValueError where the lengths
    differ or two times are equal.

    >>> theil_sen([2018, 2019, 2020, 2021, 2022], [1.0, 2.0, 3.0, 4.0, 99.0]).value
    1.0
    >>> theil_sen([2018, 2019, 2020], [1.0, 2.0, 3.0]) is None
    True
    """
    n = len(times)
    if n != len(values):
        raise ValueError(f"{n} times for {len(values)} values")
    if len(set(times)) < n:
        raise ValueError("two periods have the same time")
    left_out = _left_out(n, level)
    if left_out is None:
        return None
    series = sorted(zip(times, values, strict=True))
    slopes = sorted((later[1] - before[1]) / (later[0] - before[0]) for before, later in combinations(series, 2))
    return Slope(median(slopes), slopes[left_out], slopes[-1 - left_out], level, n)


def _left_out(n: int, level: float) -> int | None:
    """How many slopes lie outside the interval at each end; None where all of them together do not reach ``level``."""
    orders, found = factorial(n), None
    below = 0
    for at, count in enumerate(_inversions(n)):
        below += count
        if 2 * below > (1 - level) * orders:
            break
        found = at
    return found


@lru_cache(maxsize=256)
def _inversions(n: int) -> tuple[int, ...]:
    """How many orders of ``n`` things have 0, 1, 2, … pairs the wrong way round (Kendall, *Biometrika* 30, 1938)."""
    counts = [1]
    for size in range(2, n + 1):
        longer = [0] * (len(counts) + size - 1)
        for at, count in enumerate(counts):
            for step in range(size):
                longer[at + step] += count
        counts = longer
    return tuple(counts)
