"""Find the territories whose profile is nearest."""

from __future__ import annotations

from functools import lru_cache

import polars as pl

from odd17.core.diagnosis.selection import newest
from odd17.core.diagnosis.twins import Profiles, Twins, find_twins, profiles_of
from odd17.core.indicators.population_change import POPULATION_CHANGE
from odd17.core.kernel import Message, UsageError
from odd17.core.territories.levels import Level
from odd17.store.releases import Release


def twins(release: Release, territory: str, count: int = 5) -> Twins:
    """The ``count`` nearest in profile to ``territory`` (identifier, code or name), of its level.

    Raises UnknownTerritory or AmbiguousTerritory where the name is not that of one territory, UsageError for one that
    has nothing else at its level, or a count outside 1 to 50.
    """
    here = release.cog.resolve(territory)
    if here.level.is_single or here.level is Level.OWN:
        raise UsageError(
            Message(
                "{name} ({id}) has no twin: there is nothing to compare it with at its level.",
                name=here.name,
                id=here.id,
            )
        )
    return find_twins(here, _profiles(release, here.level), release.cog, release=release.id, count=count)


@lru_cache(maxsize=8)
def _profiles(release: Release, level: Level) -> Profiles:
    # a release never changes: its profiles are laid out once, and a search among them takes a millisecond
    found = release.observations(
        indicators=[POPULATION_CHANGE], level=level.value, columns=["territory", "period", "value"]
    )
    latest = newest(found["period"].unique().to_list())
    return profiles_of(level, release.cog, found.filter(pl.col("period") == latest) if latest else found)
