"""What a release holds, at a glance: the regions, and the domains that have figures."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from odd17.core.kernel import Domain, domains
from odd17.core.territories.levels import Level
from odd17.core.territories.territory import Territory
from odd17.workflows.releases import Release


@dataclass(frozen=True, slots=True)
class DomainState:
    """A domain, its number of indicators with a definition, and the levels at which territories have a score."""

    domain: Domain
    indicators: int
    scored: tuple[Level, ...]


@dataclass(frozen=True, slots=True)
class Overview:
    """``metropolitan`` and ``overseas`` regions by name, the 16 domains in the report's order.

    ``examples`` holds the most populated territory of each level, to show what may be typed.
    """

    metropolitan: tuple[Territory, ...]
    overseas: tuple[Territory, ...]
    domains: tuple[DomainState, ...]
    scored: int
    examples: tuple[Territory, ...]


def overview(release: Release) -> Overview:
    """Gather what the home page and the list of domains say."""
    cog = release.cog
    regions = sorted(cog.get(cog.at(Level.REGION)), key=lambda region: region.slug)
    states = domain_states(release)
    return Overview(
        metropolitan=tuple(region for region in regions if not region.is_overseas),
        overseas=tuple(region for region in regions if region.is_overseas),
        domains=states,
        scored=sum(bool(state.scored) for state in states),
        examples=_examples(release),
    )


def _examples(release: Release) -> tuple[Territory, ...]:
    levels = [level.value for level in Level if not level.is_single]
    largest = (
        release.cog.table.filter(pl.col("level").is_in(levels))
        .sort("population", "id", descending=[True, False], nulls_last=True)
        .group_by("level", maintain_order=True)
        .first()
    )
    return release.cog.get(largest["id"])


def domain_states(release: Release) -> tuple[DomainState, ...]:
    """The 16 domains with what the release has of each."""
    scored = (
        release.scores(nodes=[domain.id for domain in domains()])
        .filter(pl.col("score").is_not_null())
        .select("node", level=pl.col("peer_set").str.split("-").list.first())
        .unique()
        .sort("node", "level")
    )
    levels: dict[str, list[Level]] = {}
    for node, level in scored.iter_rows():
        levels.setdefault(node, []).append(Level(level))
    defined = [indicator.domain for indicator in release.indicators.values()]
    return tuple(
        DomainState(domain, defined.count(domain.id), tuple(levels.get(domain.id, ()))) for domain in domains()
    )
