"""How an entry meets a territory: on it, on what holds it, or on its parts."""

from __future__ import annotations

from enum import StrEnum

from odd17.core.territories import Cog, Level


class Reach(StrEnum):
    """How an entry meets the territory asked for, the nearest first."""

    HERE = "here"
    WIDER = "wider"
    PART = "part"


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
