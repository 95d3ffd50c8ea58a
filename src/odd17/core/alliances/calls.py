"""Calls for partners: open until a day, about a territory, what holds it and its parts."""

from __future__ import annotations

from datetime import date
from typing import Final

from odd17.core.kernel import DataError
from odd17.core.kernel.months import months_after
from odd17.core.territories import Cog, Territory

LONGEST_MONTHS: Final = 12
"""A call that stays open for longer is read by nobody."""


def check_until(until: date, today: date) -> date:
    """``until`` where a call may stay open so long; raises DataError for a day that has passed or is too far off."""
    if until < today:
        raise DataError("the call would be closed at once", value=str(until), remedy="choose a later day")
    if until > months_after(today, LONGEST_MONTHS):
        raise DataError("a call is open for a year at most", value=str(until), remedy="choose an earlier day")
    return until


def is_open(until: date, closed: bool, day: date) -> bool:
    """Whether a call takes answers on ``day``: its last day included, unless it was closed before."""
    return not closed and day <= until


def meets(place: str, territory: str, cog: Cog) -> bool:
    """Whether a call about ``place`` concerns ``territory``: the same, a wider one or a part of it.

    A place that ``cog`` no longer has concerns nobody but itself. Raises UnknownTerritory for ``territory``.
    """
    asked = cog[territory]
    return place == territory or _holds(place, asked) or (place in cog and _holds(territory, cog[place]))


def _holds(wider: str, part: Territory) -> bool:
    """Whether ``part`` lies in ``wider``, wholly or, across a border, partly."""
    return wider in part.parents or wider in part.other_parents
