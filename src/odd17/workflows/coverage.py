"""What a release covers: the state of each domain, who has no figure, which indicators go together."""

from __future__ import annotations

from odd17.core.diagnosis import companions, state, without_figure
from odd17.core.territories.levels import Level
from odd17.store.releases import Release


def coverage(release: Release) -> tuple[state.DomainCoverage, ...]:
    """The 16 domains by level: what is there, how old, what is missing."""
    return state.coverage(release.valued, release.indicators, release.catalogue, release.cog, release.day)


def territories_without_figure(
    release: Release, indicator: str, level: Level
) -> tuple[str, tuple[without_figure.WithoutFigure, ...]] | None:
    """The newest period and the territories of ``level`` that have no figure in it; None where none has one."""
    rows = release.observations(indicators=[indicator], level=level.value)
    return without_figure.without_figure(rows, level, release.cog)


def companions_of(release: Release, indicator: str) -> tuple[companions.Companion, ...]:
    """How an indicator goes with the others of its domain, peer set by peer set; nothing for the profile."""
    domain = release.indicators[indicator].domain
    others = [item.id for item in release.indicators.values() if item.domain == domain and item.id != indicator]
    if domain is None or not others:
        return ()
    columns = ("territory", "indicator", "period", "value")
    rows = release.observations(indicators=[indicator, *others], columns=columns)
    return companions.companions(indicator, others, rows, release.cog)
