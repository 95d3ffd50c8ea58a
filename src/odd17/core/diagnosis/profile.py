"""The profile of a territory: what is shown beside the fragilities and never enters an index."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from odd17.core.indicators.indicator import Unit
from odd17.core.kernel import Estimate, ObsStatus, Provenance, Reason, ReasonCode
from odd17.core.territories import Cog
from odd17.core.territories.levels import Level
from odd17.core.territories.territory import Territory

from .figures import Cells
from .reading import ProfileItem
from .selection import newest

_COUNTED: Final = {
    "regions": (Level.REGION, {Level.COUNTRY, Level.METROPOLITAN}),
    "departements": (Level.DEPARTEMENT, {Level.COUNTRY, Level.METROPOLITAN, Level.REGION}),
    "epcis": (Level.EPCI, {Level.COUNTRY, Level.METROPOLITAN, Level.REGION, Level.DEPARTEMENT}),
    "communes": (
        Level.COMMUNE,
        {Level.COUNTRY, Level.METROPOLITAN, Level.REGION, Level.DEPARTEMENT, Level.EPCI},
    ),
}
"""What is counted inside, and for which levels."""


def profile(territory: Territory, cog: Cog, cells: Cells, sources: Mapping[str, Provenance]) -> tuple[ProfileItem, ...]:
    """Population, area, density, and the number of regions, départements, EPCI and communes as fits the level.

    Units are those of ``Unit``, ``km2`` and ``per_km2``. The population has the period of its newest observation. Where
    the contour is not a true one, area and density have no value and say why. An EPCI across several départements
    counts in the one that holds most of its people. ``sources`` are those of the release by id: people and counts come
    from ``cog-<vintage>``, areas from ``geometry-<vintage>``.
    """
    people, contours = (sources.get(f"{name}-{cog.vintage}") for name in ("cog", "geometry"))
    period = newest(cells.periods(territory.id).get("population", ()))
    note = None if territory.has_true_contour else Reason(ReasonCode.NO_TRUE_CONTOUR)
    items = [
        ProfileItem("population", _estimate(territory.population), Unit.COUNT.value, period, source=people),
        ProfileItem("area", _estimate(territory.area_km2), "km2", note=note, source=contours),
        ProfileItem("density", _estimate(territory.density), "per_km2", note=note, source=contours),
    ]
    items += [
        ProfileItem(key, _estimate(len(cog.children(territory.id, level))), Unit.COUNT.value, source=people)
        for key, (level, levels) in _COUNTED.items()
        if territory.level in levels
    ]
    return tuple(items)


def _estimate(value: float | None) -> Estimate:
    if value is None:
        return Estimate(None, obs_status=ObsStatus.MISSING)
    return Estimate(float(value))
