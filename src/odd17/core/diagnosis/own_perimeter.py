"""How an indicator stands in a perimeter of one's own: with its figure, or without, and precisely why."""

from __future__ import annotations

from collections.abc import Sequence

from odd17.core.indicators.indicator import Direction, Indicator
from odd17.core.kernel import ConfStatus, ObsStatus, Period, Reason, ReasonCode
from odd17.core.territories import Cog
from odd17.core.territories.levels import Level
from odd17.core.territories.territory import Territory

from .figures import Cells
from .selection import Entry, newest

_SMALL = (Level.COMMUNE.value, Level.EPCI.value)


def own_entry(entry: Entry, territory: Territory, indicator: Indicator, cells: Cells, cog: Cog) -> Entry:
    """The entry of an indicator for ``territory``, of level ``TER``, from the ``entry`` of any peer set.

    Where it has no figure, the period is that of its row, else the newest in which a territory around it has one, so
    that the figure is shown as absent, with the reason, beside theirs; None where there is nothing to show.
    """
    periods = tuple(sorted(cells.periods(territory.id).get(indicator.id, ()), key=Period.parse))
    period = newest(periods)
    if period is not None:
        is_unknown = indicator.direction is Direction.UNKNOWN
        reason = Reason(ReasonCode.DIRECTION_UNKNOWN if is_unknown else ReasonCode.OWN_TERRITORY)
    else:
        period = cells.latest(territory.id, indicator.id) or _around(territory, indicator, cells)
        reason = _why_none(entry.levels, territory, indicator, cells, cog)
    return Entry(entry.indicator, entry.domain, period, periods, len(periods), entry.levels, reason)


def _around(territory: Territory, indicator: Indicator, cells: Cells) -> str | None:
    return newest(
        [period for parent in territory.parents for period in cells.periods(parent).get(indicator.id, ())],
    )


def _why_none(levels: Sequence[str], territory: Territory, indicator: Indicator, cells: Cells, cog: Cog) -> Reason:
    has_parts = indicator.is_count or (indicator.numerator is not None and indicator.denominator is not None)
    stated = cells.latest(territory.id, indicator.id)
    if stated is not None:
        if any(flag.code is ReasonCode.NOT_CARRIED for flag in cells.flags(territory.id, indicator.id, stated)):
            return Reason(ReasonCode.NOT_CARRIED)
        found = cells.estimate(territory.id, indicator.id, stated)
        secret = found.obs_status is ObsStatus.SUPPRESSED or found.conf_status is ConfStatus.CONFIDENTIAL
        return Reason(ReasonCode.SUPPRESSED if secret else ReasonCode.COMMUNES_UNKNOWN)
    there = [level for level in levels if level != Level.OWN.value]
    if not there:
        return Reason(ReasonCode.NO_FIGURE)
    if not set(there) & set(_SMALL):
        return Reason(ReasonCode.ONLY_LARGER, {"levels": there})
    if has_parts and Level.COMMUNE.value not in there and _cuts_epci(territory, cog):
        return Reason(ReasonCode.CUTS_EPCI)
    if has_parts and Level.COMMUNE.value in there:
        return Reason(ReasonCode.COMMUNES_UNKNOWN)
    return Reason(ReasonCode.NOT_ADDITIVE)


def _cuts_epci(territory: Territory, cog: Cog) -> bool:
    """Whether it holds a part of an EPCI, and not all of it (or a commune of none)."""
    held = {id.removeprefix(f"{Level.COMMUNE.value}-") for id in cog.children(territory.id, Level.COMMUNE)}
    of_epci: dict[str | None, set[str]] = {}
    for commune, epci in cog.memberships.select("commune", "epci").iter_rows():
        of_epci.setdefault(epci, set()).add(commune)
    return any(epci is None or not members <= held for epci, members in of_epci.items() if members & held)
