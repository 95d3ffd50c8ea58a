"""The profile of a territory: what is shown beside the fragilities and never enters an index."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Final

from odd17.core.indicators.indicator import Unit
from odd17.core.indicators.population_change import POPULATION_CHANGE
from odd17.core.indicators.staleness import staleness
from odd17.core.kernel import Estimate, ObsStatus, Provenance, Reason, ReasonCode
from odd17.core.territories import Cog
from odd17.core.territories.levels import Level
from odd17.core.territories.territory import Territory

from .figures import Cells
from .reading import ProfileItem

_COUNTED: Final = {
    "regions": (Level.REGION, {Level.COUNTRY, Level.METROPOLITAN}),
    "departements": (Level.DEPARTEMENT, {Level.COUNTRY, Level.METROPOLITAN, Level.REGION}),
    "epcis": (Level.EPCI, {Level.COUNTRY, Level.METROPOLITAN, Level.REGION, Level.DEPARTEMENT}),
    "communes": (
        Level.COMMUNE,
        {Level.COUNTRY, Level.METROPOLITAN, Level.REGION, Level.DEPARTEMENT, Level.EPCI, Level.OWN},
    ),
}
"""What is counted inside, and for which levels."""


def profile(
    territory: Territory,
    cog: Cog,
    cells: Cells,
    sources: Mapping[str, Provenance],
    periodicities: Mapping[str, str],
    day: date | None,
) -> tuple[ProfileItem, ...]:
    """Population, its change, area, density, and the number of regions, départements, EPCI and communes of its level.

    Units are those of ``Unit``. The population is that of the territory's newest census, and says where it is not what
    it seems (the country's holds an older one of Mayotte); its change has the period that it spans, and says why it is
    absent. Where the contour is not a true one, area and density have no value and say why. An EPCI across several
    départements counts in the one that holds most of its people. ``sources`` are those of the release by id: people
    come from ``populations-<vintage>``, counts from ``cog-<vintage>``, areas from ``geometry-<vintage>``. On ``day``, a
    line older than its periodicity (``periodicities``, by indicator) says so; None where ages are not judged.
    """
    people, codes, contours = (sources.get(f"{name}-{cog.vintage}") for name in ("populations", "cog", "geometry"))
    newest_census = cells.latest(territory.id, "population")
    flags = () if newest_census is None else cells.flags(territory.id, "population", newest_census)
    note = None if territory.has_true_contour else Reason(ReasonCode.NO_TRUE_CONTOUR)
    count = Unit.COUNT.value
    items = [
        ProfileItem(
            "population", _estimate(territory.population), count, newest_census, next(iter(flags), None), people
        )
    ]
    span = cells.latest(territory.id, POPULATION_CHANGE)
    if span is not None:
        change = cells.estimate(territory.id, POPULATION_CHANGE, span)
        flags = cells.flags(territory.id, POPULATION_CHANGE, span)
        items.append(ProfileItem(POPULATION_CHANGE, change, Unit.PERCENT.value, span, next(iter(flags), None), people))
    items += [
        ProfileItem(
            "area", _estimate(territory.area_km2), Unit.KM2.value, cells.latest(territory.id, "area"), note, contours
        ),
        ProfileItem(
            "density",
            _estimate(territory.density),
            Unit.PER_KM2.value,
            cells.latest(territory.id, "density"),
            note,
            contours,
        ),
    ]
    items += [
        ProfileItem(key, _estimate(len(cog.children(territory.id, level))), count, source=codes)
        for key, (level, levels) in _COUNTED.items()
        if territory.level in levels
    ]
    return tuple(_dated(item, periodicities.get(item.key), day) for item in items)


def _dated(item: ProfileItem, periodicity: str | None, day: date | None) -> ProfileItem:
    """The line, which says where it is out of date; one without a known periodicity is not judged."""
    if day is None or periodicity is None or item.period is None or item.estimate.value is None:
        return item
    return replace(item, stale=staleness(item.period, periodicity, day))


def _estimate(value: float | None) -> Estimate:
    if value is None:
        return Estimate(None, obs_status=ObsStatus.MISSING)
    return Estimate(float(value))
