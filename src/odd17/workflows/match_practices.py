"""Which places are near a territory or like it: what matching needs to know of the world, which practices do not."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from math import exp

from odd17.core.kernel import UsageError
from odd17.core.practices.need import Ground, Likeness
from odd17.store.releases import Release

from .nearness import territories_inside
from .twins import twins

_TWINS, _KIND = 10, 40
"""Nearest profiles that are called twins, and the next ones, called of the same kind."""

_INSIDE, _AROUND = 0.9, (0.8, 0.6, 0.4)
_TWIN, _LIKE, _IN_TWIN = 0.9, 0.6, 0.5


# few: a page asks several times for one territory, whose twins may hold thousands of communes between them
@lru_cache(maxsize=4)
def ground_of(release: Release, territory: str) -> Ground:
    """The places that count for a practice in the territory of this identifier, with how and how much.

    Itself first; what is inside it, and what it is a part of; its twins, the nearest in people, density and change,
    and what is inside them; then others of the same kind. Raises UnknownTerritory for an identifier that is none.
    """
    cog = release.cog
    here = cog[territory]
    places: dict[str, tuple[float, str]] = {}

    def add(ids: Iterable[str], likeness: float, how: Likeness) -> None:
        found = (likeness, how.value)
        for id in ids:
            places.setdefault(id, found)

    add([here.id], 1.0, Likeness.SAME)
    add(territories_inside(cog, here.id), _INSIDE, Likeness.WITHIN)
    for id, likeness in zip(here.parents, _AROUND, strict=False):
        if not cog[id].level.is_single:
            add([id], likeness, Likeness.WITHIN)
    found = _twins(release, here.id)
    for place, (id, distance) in enumerate(found):
        is_twin = place < _TWINS
        add([id], (_TWIN if is_twin else _LIKE) * exp(-distance / 2), Likeness.TWIN if is_twin else Likeness.KIND)
    for id, distance in found[:_TWINS]:
        add(territories_inside(cog, id), _IN_TWIN * exp(-distance / 2), Likeness.TWIN)
    return Ground(places)


def _twins(release: Release, territory: str) -> list[tuple[str, float]]:
    try:
        found = twins(release, territory, _TWINS + _KIND).twins
    except UsageError:  # a country, or a territory of one's own, has none
        return []
    return [(item.territory.id, item.distance) for item in found]
