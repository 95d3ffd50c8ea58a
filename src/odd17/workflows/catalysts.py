"""The catalysts that the report cites, the territory that an entry covers, and where to say who does which trade."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache
from pathlib import Path

from odd17.core.resources.catalyst_places import Covered, Former, NoPlace, place_named, places_today
from odd17.core.territories import Cog, FormerAreas, FormerCommunes, Level
from odd17.store.cited_catalysts import CitedCatalysts, read_cited_catalysts
from odd17.store.former_areas import read_former_areas
from odd17.store.movements import known_former_communes, movements_file


@cache
def cited_catalysts() -> CitedCatalysts:
    """Those that the report cites, to be claimed by their holders."""
    return read_cited_catalysts()


def covered_place(label: str, cog: Cog, *, home: Path | None = None) -> Covered | NoPlace:
    """The territories of today that ``label`` names, carried where it is one of before; or why it is none."""
    return place_named(label, cog, _former(cog, home))


def covered_today(ids: Sequence[str], cog: Cog, *, home: Path | None = None) -> tuple[str, ...]:
    """The territories of today for identifiers kept since another vintage."""
    return tuple(ids) if all(id in cog for id in ids) else places_today(ids, cog, _former(cog, home))


def coverage_places(cog: Cog, territory: str | None) -> tuple[str, ...]:
    """Where to say who does which trade: region by region, or on ``territory``, on its parts and on what holds it.

    The parts of the country are its regions, those of a region its départements; smaller ones have none here.
    """
    if territory is None:
        return tuple(cog.at(Level.REGION))
    within = {Level.COUNTRY: Level.REGION, Level.METROPOLITAN: Level.REGION, Level.REGION: Level.DEPARTEMENT}
    level = within.get(cog[territory].level)
    parts = [] if level is None else cog.children(territory, level)
    wider = [id for id in cog[territory].parents if cog[id].level is not Level.METROPOLITAN]
    return (territory, *parts, *wider)


def _former(cog: Cog, home: Path | None) -> Former:
    file = movements_file(home)
    return _index(cog, home, None if file is None else (file, file.stat().st_mtime_ns))


@lru_cache(maxsize=4)
def _index(cog: Cog, home: Path | None, file: tuple[Path, int] | None) -> Former:
    return Former(FormerCommunes(known_former_communes(home), cog), FormerAreas(read_former_areas()))
