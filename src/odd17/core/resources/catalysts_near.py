"""The catalysts nearest to a territory: on it, then on what holds it, then on its parts."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from odd17.core.territories import Cog, Level

from .catalysts import Catalyst


class Reach(StrEnum):
    """How an entry meets the territory asked for, the nearest first."""

    HERE = "here"
    WIDER = "wider"
    PART = "part"


def reach(catalyst: Catalyst, territory: str, cog: Cog) -> Reach | None:
    """How ``catalyst`` meets ``territory``, by its nearest territory; None where it does not.

    Raises UnknownTerritory for a ``territory`` that ``cog`` does not have, and for one of the entry's.
    """
    found = _distance(catalyst, territory, cog, touched(territory, cog))
    return None if found is None else found[0]


def nearest(catalysts: Sequence[Catalyst], territory: str, cog: Cog) -> tuple[tuple[Catalyst, Reach], ...]:
    """Those that meet ``territory``: on it, then on what holds it (the smallest first), then on its parts.

    The order given stays among equals. Raises as ``reach``.
    """
    apart = touched(territory, cog)
    met = [(one, found) for one in catalysts if (found := _distance(one, territory, cog, apart)) is not None]
    order = tuple(Reach)
    met.sort(key=lambda item: (order.index(item[1][0]), item[1][1]))
    return tuple((one, found[0]) for one, found in met)


def ground(catalysts: Sequence[Catalyst], cog: Cog) -> dict[str, frozenset[str]]:
    """For each entry, by identifier, the territories that it covers, all that hold them, and those that they touch.

    An entry meets a territory of its ground, and every part of one that it covers.
    """
    wider: dict[str, frozenset[str]] = {}
    found: dict[str, frozenset[str]] = {}
    for one in catalysts:
        for id in one.territories:
            if id not in wider:
                wider[id] = touched(id, cog).union((id, *cog[id].parents))
        found[one.id] = frozenset(place for id in one.territories for place in wider[id])
    return found


def touched(territory: str, cog: Cog) -> frozenset[str]:
    """What ``territory`` has a part of without belonging to it: more than one département or region, for an EPCI.

    A territory of one's own (an EPT, a project of several EPCI) touches its communes too, and all that hold them.
    """
    place = cog[territory]
    found = set(place.other_parents)
    if place.level is Level.OWN:
        for commune in cog.get(cog.children(territory, Level.COMMUNE)):
            found.update((commune.id, *commune.parents))
    return frozenset(found)


def _distance(catalyst: Catalyst, territory: str, cog: Cog, apart: frozenset[str]) -> tuple[Reach, int] | None:
    """``apart`` is what ``territory`` touches."""
    wider = cog[territory].parents
    covered = cog.get(catalyst.territories)
    if any(one.id == territory for one in covered):
        return Reach.HERE, 0
    steps = [wider.index(one.id) for one in covered if one.id in wider]
    if cog[territory].level is Level.COMMUNE:  # a territory of one's own is no parent of its communes
        steps += [0 for one in covered if one.level is Level.OWN and territory in touched(one.id, cog)]
    if steps:
        return Reach.WIDER, min(steps)
    met = any(territory in one.parents or one.id in apart or territory in touched(one.id, cog) for one in covered)
    return (Reach.PART, 0) if met else None
