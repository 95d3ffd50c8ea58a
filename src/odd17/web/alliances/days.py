"""Days of an alliance are those of the clock of France, wherever its people are."""

from __future__ import annotations

from datetime import date

from django.utils import timezone


def today() -> date:
    """The day in the time zone of the platform."""
    return timezone.localdate()


def day_from(text: str) -> date:
    """The day that an ISO date says."""
    return date.fromisoformat(text)
