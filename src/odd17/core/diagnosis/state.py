"""What a release has of each domain at each level, how old it is, and what is missing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

import polars as pl

from odd17.core.indicators.described import Described, DescribedCatalogue
from odd17.core.indicators.indicator import Indicator
from odd17.core.indicators.recipe import Gap
from odd17.core.indicators.staleness import age, staleness
from odd17.core.kernel import Domain, Reason, domains
from odd17.core.territories import Cog
from odd17.core.territories.levels import Level

from .selection import newest

LEVELS: Final = (Level.REGION, Level.DEPARTEMENT, Level.EPCI, Level.COMMUNE)
"""The levels at which territories are compared."""


@dataclass(frozen=True, slots=True)
class Present:
    """An indicator with figures at a level: ``count`` of ``total`` territories in ``period``, the newest there.

    ``age`` counts months from its end to the day of the release; ``stale`` says why it is out of date, if it is.
    """

    indicator: Indicator
    period: str
    count: int
    total: int
    age: int
    stale: Reason | None


@dataclass(frozen=True, slots=True)
class LevelState:
    """A domain at a level: what is there, what the catalogue promises there and was not brought in, known gaps."""

    level: Level
    present: tuple[Present, ...]
    awaited: tuple[Described, ...]
    gaps: tuple[Gap, ...]

    @property
    def newest(self) -> str | None:
        """The newest period of a figure; None where there is none."""
        return newest([item.period for item in self.present])

    @property
    def stale(self) -> int:
        """How many indicators are out of date."""
        return sum(item.stale is not None for item in self.present)

    @property
    def most(self) -> int:
        """The territories that the best covered indicator has."""
        return max((item.count for item in self.present), default=0)


@dataclass(frozen=True, slots=True)
class DomainCoverage:
    """A domain over the four levels; ``awaited`` are all its catalogued indicators without a figure at any level."""

    domain: Domain
    levels: tuple[LevelState, ...]
    awaited: tuple[Described, ...]

    @property
    def has_figures(self) -> bool:
        """Whether an indicator of the domain has a figure at one of the levels."""
        return any(level.present for level in self.levels)


def coverage(
    valued: pl.DataFrame, indicators: Mapping[str, Indicator], catalogue: DescribedCatalogue, cog: Cog, day: date
) -> tuple[DomainCoverage, ...]:
    """The state of the 16 domains on ``day``, in the report's order.

    ``valued`` counts the territories with a value by ``level``, ``indicator`` and ``period`` (column ``values``).
    """
    found: dict[tuple[str, str], dict[str, int]] = {}
    for level, indicator, period, count in valued.select("level", "indicator", "period", "values").iter_rows():
        found.setdefault((level, indicator), {})[period] = count
    anywhere = {indicator for _, indicator in found}
    return tuple(
        DomainCoverage(
            domain,
            tuple(_level(domain.id, level, found, indicators, catalogue, cog, day) for level in LEVELS),
            tuple(item for item in catalogue.of_domain(domain.id) if item.id not in anywhere),
        )
        for domain in domains()
    )


def _level(
    domain: str,
    level: Level,
    found: Mapping[tuple[str, str], Mapping[str, int]],
    indicators: Mapping[str, Indicator],
    catalogue: DescribedCatalogue,
    cog: Cog,
    day: date,
) -> LevelState:
    present: list[Present] = []
    for indicator in indicators.values():
        counts = found.get((level.value, indicator.id), {})
        period = newest(list(counts))
        if indicator.domain == domain and period is not None:
            old = staleness(period, catalogue.periodicity(indicator), day)
            total = len(cog.at(level))
            present.append(Present(indicator, period, counts[period], total, age(period, day), old))
    there = {item.indicator.id for item in present}
    awaited = (item for item in catalogue.of_domain(domain) if level in item.levels and item.id not in there)
    described = catalogue.domains.get(domain)
    gaps = () if described is None else tuple(gap for gap in described.gaps if gap.level is level)
    return LevelState(level, tuple(present), tuple(awaited), gaps)
