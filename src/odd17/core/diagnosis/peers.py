"""With whom a territory is compared: the peer sets, and the classes of population in which communes are ranked again.

Fragility is relative, so a score means nothing without its peer set. Overseas regions are scored apart because the
thirteen metropolitan regions are the perimeter of the report that odd17 follows, and because an average over both
would say more about the sea than about the region.
"""

from __future__ import annotations

from typing import Final

import polars as pl

from odd17.core.kernel import Message, Text, UsageError
from odd17.core.territories import Cog
from odd17.core.territories.levels import Level
from odd17.core.territories.territory import Territory

from .reading import PeerSet

PEER_SETS: Final[dict[str, Text]] = {
    "REG-metropolitan": Text("régions métropolitaines", "metropolitan regions"),
    "REG-overseas": Text("régions d’outre-mer", "overseas regions"),
    "DEP": Text("départements", "départements"),
    "EPCI": Text("EPCI", "EPCI (inter-municipalities)"),
    "COM": Text("communes", "communes"),
}
"""The peer sets, each with its name in the plural."""

# INSEE's usual classes of communes by municipal population: the lower bound of each, in inhabitants.
_CLASS_FLOORS: Final = (0, 200, 500, 2_000, 5_000, 10_000, 20_000, 50_000, 100_000)


def level_of(peer_set: str) -> Level:
    """The level whose territories the peer set holds; raises UsageError for an unknown peer set.

    >>> level_of("REG-overseas").name
    'REGION'
    """
    if peer_set not in PEER_SETS:
        raise UsageError(
            Message(
                "{peer_set!r} is not a peer set: choose one of {peer_sets}.",
                peer_set=peer_set,
                peer_sets=list(PEER_SETS),
            )
        )
    return Level(peer_set.partition("-")[0])


def peer_set_id(territory: Territory) -> str | None:
    """The id of the territory's peer set; None for the countries and for a user's own perimeter, which have no peer."""
    if territory.level.is_single or territory.level is Level.OWN:
        return None
    if territory.level is Level.REGION:
        return "REG-overseas" if territory.is_overseas else "REG-metropolitan"
    return territory.level.value


def peer_set_of(territory: Territory, cog: Cog) -> PeerSet | None:
    """The peer set of a territory, with its size in this COG; None where it has no peer."""
    peer_set = peer_set_id(territory)
    return None if peer_set is None else peer_set_named(peer_set, cog)


def peer_set_named(peer_set: str, cog: Cog) -> PeerSet:
    """The peer set called ``peer_set``, with its size in this COG; raises UsageError for an unknown one."""
    return PeerSet(peer_set, _rows(peer_set, cog).height)


def members(peer_set: str, cog: Cog) -> pl.DataFrame:
    """The peers, one row each in the order of their identifiers: ``territory`` and ``population_class``.

    The class is null for other levels than communes, and for a commune of unknown population.
    """
    classed = _class_of(pl.col("population")) if peer_set == Level.COMMUNE else pl.lit(None, pl.String)
    return _rows(peer_set, cog).select(territory="id", population_class=classed).sort("territory")


def population_class(population: int | None) -> str | None:
    """The id of the class of population (INSEE's usual ones) of a commune; None where the population is unknown.

    >>> population_class(199), population_class(200), population_class(2_000_000), population_class(None)
    ('0-199', '200-499', '100000-', None)
    """
    if population is None:
        return None
    position = sum(population >= floor for floor in _CLASS_FLOORS[1:])
    return _class_ids()[position]


def population_classes() -> dict[str, Text]:
    """The classes of population in ascending order: id and label.

    >>> population_classes()["2000-4999"].en
    '2,000 to 4,999 inhabitants'
    """
    labels: dict[str, Text] = {}
    for id, floor, following in zip(_class_ids(), _CLASS_FLOORS, (*_CLASS_FLOORS[1:], None), strict=True):
        if floor == 0:
            label = Text(f"moins de {following} habitants", f"fewer than {following} inhabitants")
        elif following is None:
            label = Text(f"{_grouped(floor)} habitants et plus", f"{floor:,} inhabitants and more")
        else:
            label = Text(
                f"{_grouped(floor)} à {_grouped(following - 1)} habitants",
                f"{floor:,} to {following - 1:,} inhabitants",
            )
        labels[id] = label
    return labels


def _rows(peer_set: str, cog: Cog) -> pl.DataFrame:
    level = level_of(peer_set)
    rows = cog.table.filter(pl.col("level") == level.value)
    if level is Level.REGION:
        rows = rows.filter(pl.col("is_overseas") == (peer_set == "REG-overseas"))
    return rows


def _class_of(population: pl.Expr) -> pl.Expr:
    classed = pl.lit(None, pl.String)
    for floor, id in zip(_CLASS_FLOORS, _class_ids(), strict=True):
        classed = pl.when(population >= floor).then(pl.lit(id)).otherwise(classed)
    return classed


def _class_ids() -> list[str]:
    following = [str(floor - 1) for floor in _CLASS_FLOORS[1:]] + [""]
    return [f"{floor}-{end}" for floor, end in zip(_CLASS_FLOORS, following, strict=True)]


def _grouped(number: int) -> str:
    return f"{number:,}".replace(",", "\u202f")
