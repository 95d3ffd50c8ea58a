"""What each partner brings, by when, and whether it came: engagements, and a calendar of follow-up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Final

from odd17.core.kernel import DataError
from odd17.core.kernel.months import months_after

FOLLOW_UP_MONTHS: Final = 36
"""An alliance is followed at least that long (the report's governance dialogues)."""


class Means(StrEnum):
    """What can be brought."""

    HUMAN = "human"
    FINANCIAL = "financial"
    RELATIONAL = "relational"


class Fate(StrEnum):
    """What has become of an engagement."""

    AWAITED = "awaited"
    LATE = "late"
    KEPT = "kept"
    CHANGED = "changed"  # the partners agreed on something else, and said why
    ENDED = "ended"  # given up: its partner took it back, left or was dissolved


@dataclass(frozen=True, slots=True)
class Event:
    """What happened to an engagement on ``day``; ``due`` is the new day where it was put off."""

    day: date
    fate: Fate
    reason: str = ""
    due: date | None = None


@dataclass(frozen=True, slots=True)
class Engagement:
    """``partner`` brings ``what`` by ``due``; ``history`` holds what happened since, in the order of its days."""

    partner: str
    means: Means
    what: str
    due: date
    history: tuple[Event, ...] = ()


def fate(engagement: Engagement, day: date) -> Fate:
    """What has become of the engagement on ``day``: it depends on what happened up to then alone.

    >>> fate(Engagement("A", Means.HUMAN, "two days a month", date(2026, 3, 1)), date(2026, 3, 2)).value
    'late'
    """
    due, told = engagement.due, Fate.AWAITED
    for event in engagement.history:
        if event.day <= day:
            due, told = event.due or due, event.fate
    if told in (Fate.KEPT, Fate.ENDED):
        return told
    if day > due:
        return Fate.LATE
    return told if told is Fate.CHANGED else Fate.AWAITED


def due_on(engagement: Engagement, day: date) -> date:
    """By when it is due, as agreed up to ``day``."""
    due = engagement.due
    for event in engagement.history:
        if event.day <= day and event.due is not None:
            due = event.due
    return due


def happened(engagement: Engagement, event: Event, today: date) -> Engagement:
    """``engagement`` with ``event`` at the end of its history.

    Raises DataError on: an event dated after ``today`` or before the last; a change or an end without a reason;
    anything after the end; a new day for what was not changed.
    """
    last = engagement.history[-1] if engagement.history else None
    if event.fate in (Fate.AWAITED, Fate.LATE):
        raise DataError("lateness is counted from the days, never recorded", value=event.fate.value)
    if event.day > today:
        raise DataError("the event is dated in the future", value=str(event.day), remedy="record it on its day")
    if last is not None and event.day < last.day:
        raise DataError("the event is dated before the last one", value=str(event.day), remedy="correct its date")
    if last is not None and last.fate is Fate.ENDED:
        raise DataError("the engagement has ended", value=str(last.day), remedy="make a new one")
    if event.fate in (Fate.CHANGED, Fate.ENDED) and not event.reason.strip():
        raise DataError("a change is never said without a reason", value=event.fate.value, remedy="say why")
    if event.due is not None and event.fate is not Fate.CHANGED:
        raise DataError("a new day goes with a change", value=str(event.due), remedy="record a change")
    return replace(engagement, history=(*engagement.history, event))


def follow_up(begun: date, every: int = 3, months: int = FOLLOW_UP_MONTHS) -> tuple[date, ...]:
    """The days on which partners take stock: every ``every`` months until ``months`` after the beginning at least.

    >>> len(follow_up(date(2024, 2, 29))), follow_up(date(2024, 2, 29))[-1]
    (12, datetime.date(2027, 2, 28))
    """
    if every < 1 or months < FOLLOW_UP_MONTHS:
        raise ValueError(f"an alliance is followed {FOLLOW_UP_MONTHS} months at least")
    return tuple(months_after(begun, count) for count in range(every, months + every, every))


def awaited(engagements: Sequence[Engagement], day: date, within_days: int = 30) -> tuple[Engagement, ...]:
    """The engagements to be reminded of on ``day``: late, or due within ``within_days``; the earliest due first."""
    near = [
        one
        for one in engagements
        if fate(one, day) in (Fate.AWAITED, Fate.CHANGED, Fate.LATE) and (due_on(one, day) - day).days <= within_days
    ]
    return tuple(sorted(near, key=lambda one: due_on(one, day)))
