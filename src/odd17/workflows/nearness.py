"""How far from a territory others are: what sorting by nearness asks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from math import inf, isfinite

from odd17.core.territories import Centres, Cog, Level
from odd17.store.search.places import Distances
from odd17.store.territories import load_centres


def distances(cog: Cog) -> Distances:
    """From a territory of ``cog`` to others, in kilometres between their centres; 0 for it and for what is inside it.

    Infinite where it is not known: over the sea, for the country, for an identifier that is none.
    """

    def kilometres(near: str, others: Sequence[str]) -> list[float]:
        if near not in cog:
            return [inf] * len(others)
        inside = {near, *territories_inside(cog, near)}
        is_own = cog[near].level is Level.OWN
        found = _centres().kilometres(cog.children(near, Level.COMMUNE) if is_own else [near], others)
        return [0.0 if id in inside else apart for id, apart in zip(others, found, strict=True)]

    return kilometres


def apart_from(cog: Cog, near: str, places: Mapping[int, Sequence[str]]) -> dict[int, float]:
    """How far each thing is from the territory ``near``, of the territories that it names the nearest, in kilometres.

    Without those of which it is not known.
    """
    named = list(dict.fromkeys(id for ids in places.values() for id in ids))
    far = dict(zip(named, distances(cog)(near, named), strict=True))
    nearest = {number: min((far[id] for id in ids), default=inf) for number, ids in places.items()}
    return {number: apart for number, apart in nearest.items() if isfinite(apart)}


def territories_inside(cog: Cog, territory: str) -> list[str]:
    """The départements, EPCIs and communes that belong to a territory; none for a country, which all belong to."""
    level = cog[territory].level
    if level is Level.OWN:
        return cog.children(territory, Level.COMMUNE)
    finer = () if level.is_single else (Level.DEPARTEMENT, Level.EPCI, Level.COMMUNE)
    return [id for other in finer if other is not level for id in cog.children(territory, other)]


@lru_cache(maxsize=1)
def _centres() -> Centres:
    """Read at the first search by nearness, and kept: a few megabytes."""
    return load_centres()
