"""Whether a figure is older than it should be: a pure rule over its period, its periodicity and a day."""

from __future__ import annotations

from datetime import date
from typing import Final

from odd17.core.kernel import Period, Reason, ReasonCode

CYCLES: Final = {"monthly": 1, "quarterly": 3, "annual": 12, "biennial": 24, "census": 12}
"""Months from one figure to the next. A census is published every year, over five years of surveys."""

DELAYS: Final = {"monthly": 3, "quarterly": 6, "annual": 18, "biennial": 18, "census": 30}
"""Months that producers usually take to publish, after the end of the period. Ours: read in their calendars."""

UNKNOWN_CYCLE: Final = 60
"""Months after which a figure is called old where nobody says how often it is renewed: five years. Ours."""


def age(period: str, day: date) -> int:
    """Whole months from the end of ``period`` to ``day``; 0 while it runs. Raises ValueError for another period.

    >>> age("2019", date(2020, 3, 15)), age("2019-Q1", date(2019, 4, 1)), age("2020", date(2020, 3, 15))
    (2, 0, 0)
    """
    return max(0, day.year * 12 + day.month - 1 - Period.parse(period).end)


def staleness(period: str, periodicity: str | None, day: date) -> Reason | None:
    """Why a figure of ``period`` is out of date on ``day``, with its age in months; None where it is not.

    It is where a newer one should have been published: its age passes one cycle of its ``periodicity`` and the usual
    delay. Where the periodicity is irregular or unknown, five years. A
    release is judged on the day of its newest input.

    >>> staleness("2019", "annual", date(2026, 11, 25)).params
    {'months': 82, 'periodicity': 'annual'}
    >>> staleness("2024", "annual", date(2026, 11, 25)) is None
    True
    >>> staleness("2014", "irregular", date(2026, 11, 25)).params
    {'months': 142}
    """
    months = age(period, day)
    if periodicity not in CYCLES:
        return Reason(ReasonCode.OUT_OF_DATE, {"months": months}) if months > UNKNOWN_CYCLE else None
    if months <= CYCLES[periodicity] + DELAYS[periodicity]:
        return None
    return Reason(ReasonCode.OUT_OF_DATE, {"months": months, "periodicity": periodicity})
