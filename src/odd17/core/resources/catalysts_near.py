"""The catalysts nearest to a territory: on it, then on what holds it, then on its parts."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from odd17.core.territories import Cog

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
    found = _distance(catalyst, territory, cog)
    return None if found is None else found[0]


def nearest(catalysts: Sequence[Catalyst], territory: str, cog: Cog) -> tuple[tuple[Catalyst, Reach], ...]:
    """Those that meet ``territory``: on it, then on what holds it (the smallest first), then on its parts.

    The order given stays among equals. Raises as ``reach``.
    """
    met = [(one, found) for one in catalysts if (found := _distance(one, territory, cog)) is not None]
    order = tuple(Reach)
    met.sort(key=lambda item: (order.index(item[1][0]), item[1][1]))
    return tuple((one, found[0]) for one, found in met)


def ground(catalysts: Sequence[Catalyst], cog: Cog) -> dict[str, frozenset[str]]:
    """For each entry, by identifier, the territories that it covers and all that hold them.

    An entry meets a territory of its ground, and every part of one that it covers.
    """
    wider: dict[str, tuple[str, ...]] = {}
    found: dict[str, frozenset[str]] = {}
    for one in catalysts:
        for id in one.territories:
            if id not in wider:
                wider[id] = (id, *cog[id].parents)
        found[one.id] = frozenset(place for id in one.territories for place in wider[id])
    return found


def _distance(catalyst: Catalyst, territory: str, cog: Cog) -> tuple[Reach, int] | None:
    wider = cog[territory].parents
    covered = cog.get(catalyst.territories)
    if any(one.id == territory for one in covered):
        return Reach.HERE, 0
    steps = [wider.index(one.id) for one in covered if one.id in wider]
    if steps:
        return Reach.WIDER, min(steps)
    return (Reach.PART, 0) if any(territory in one.parents for one in covered) else None
