"""What the page of the coverage shows: the domains by level, and the way to bring in what is missing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from odd17.core.diagnosis.state import LEVELS, DomainCoverage
from odd17.core.territories.levels import Level
from odd17.workflows.coverage import coverage
from odd17.workflows.releases import Release


@dataclass(frozen=True, slots=True)
class CoveragePage:
    """``day`` is the one on which ages are counted. ``pulled``: published figures were brought in already."""

    day: date
    levels: tuple[Level, ...]
    totals: tuple[tuple[Level, int], ...]
    domains: tuple[DomainCoverage, ...]
    pulled: bool

    @property
    def having(self) -> tuple[DomainCoverage, ...]:
        """The domains with figures."""
        return tuple(item for item in self.domains if item.has_figures)

    @property
    def lacking(self) -> tuple[DomainCoverage, ...]:
        """The domains without any."""
        return tuple(item for item in self.domains if not item.has_figures)


def coverage_page(release: Release) -> CoveragePage:
    """Gather what the release covers."""
    return CoveragePage(
        day=release.day,
        levels=LEVELS,
        totals=tuple((level, len(release.cog.at(level))) for level in LEVELS),
        domains=coverage(release),
        pulled=any(item["kind"] == "imported" for item in release.manifest["inputs"]),
    )
