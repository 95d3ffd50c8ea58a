"""An indicator's card: where it has figures, how they are distributed, and what its checks say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from odd17.core.indicators.indicator import Indicator
from odd17.core.kernel import Absence, Estimate, Reason
from odd17.core.territories.levels import Level
from odd17.core.territories.territory import Territory

from .consistency import Check


@dataclass(frozen=True, slots=True)
class Distribution:
    """How the values of a level are spread. ``quantiles`` are keyed by probability (0, 0.1, 0.25, 0.5, 0.75, 0.9, 1).

    ``counts[i]`` values lie between ``edges[i]`` and ``edges[i + 1]``; the last class includes its upper edge.
    """

    quantiles: Mapping[float, float]
    edges: tuple[float, ...]
    counts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class LevelCoverage:
    """One level of an indicator: ``present`` of ``total`` territories have a value in ``period``, its newest there.

    ``absences`` counts the others by kind; ``highest`` and ``lowest`` are the extreme values, the most extreme first.
    """

    level: Level
    period: str
    periods: tuple[str, ...]
    present: int
    total: int
    absences: Mapping[Absence, int]
    distribution: Distribution
    highest: tuple[tuple[Territory, Estimate], ...]
    lowest: tuple[tuple[Territory, Estimate], ...]


@dataclass(frozen=True, slots=True)
class IndicatorCard:
    """All that odd17 says of one indicator in one release; ``levels`` holds those with at least one value.

    ``not_scored`` is what keeps it out of every score (direction, check); ``flags`` qualify its figures.
    """

    release: str
    indicator: Indicator
    levels: tuple[LevelCoverage, ...]
    checks: tuple[Check, ...]
    flags: tuple[Reason, ...]
    not_scored: Reason | None
