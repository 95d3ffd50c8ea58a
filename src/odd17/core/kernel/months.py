"""Months between days of the calendar, where months have no one length."""

from __future__ import annotations

from calendar import monthrange
from datetime import date


def months_after(day: date, months: int) -> date:
    """The same day of the month, ``months`` later; the month's last day where it has no such day.

    >>> months_after(date(2020, 5, 7), 3), months_after(date(2024, 2, 29), 12)
    (datetime.date(2020, 8, 7), datetime.date(2025, 2, 28))
    """
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def whole_months(since: date, until: date) -> int:
    """How many whole months have passed from one day to another: the most whose end is not after ``until``.

    >>> whole_months(date(2024, 2, 29), date(2025, 2, 28)), whole_months(date(2020, 5, 7), date(2020, 11, 6))
    (12, 5)
    """
    months = (until.year - since.year) * 12 + until.month - since.month
    return months - (months_after(since, months) > until)
