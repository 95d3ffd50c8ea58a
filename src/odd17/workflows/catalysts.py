"""The catalysts that can be found: those that the report cites, near a territory, and who does which trade where."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cache

from odd17.core.kernel import trades
from odd17.core.resources.catalysts import Catalyst, CoverageMatrix, coverage, shown
from odd17.core.resources.catalysts_near import Reach, nearest, reach
from odd17.core.territories.cog import Cog
from odd17.core.territories.levels import Level
from odd17.store.cited_catalysts import read_cited_catalysts


@cache
def _cited() -> tuple[Catalyst, ...]:
    return read_cited_catalysts().catalysts


def catalysts(day: date) -> tuple[Catalyst, ...]:
    """The entries that a reader may see on ``day``."""
    return shown(_cited(), day)


def catalyst_named(id: str, day: date) -> Catalyst | None:
    """The entry of this identifier, None where there is none."""
    return next((one for one in catalysts(day) if one.id == id), None)


def near(territory: str, cog: Cog, day: date) -> tuple[tuple[Catalyst, Reach], ...]:
    """Those who work on a territory, then on what holds it, then on its parts; UnknownTerritory for no identifier."""
    return tuple(nearest(catalysts(day), territory, cog))


def coverage_of(cog: Cog, day: date, territories: Sequence[str] | None = None) -> CoverageMatrix:
    """Who does which of the four trades in which regions (or the ``territories`` given)."""
    wanted = tuple(territories) if territories is not None else tuple(cog.at(Level.REGION))
    return coverage(
        catalysts(day),
        [trade.id for trade in trades()],
        wanted,
        lambda catalyst, territory: reach(catalyst, territory, cog) in (Reach.HERE, Reach.PART),
    )
