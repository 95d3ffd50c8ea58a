"""What a partner is reminded of on a day: engagements, taking stock, an answer; each is said once, by its key."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from .engagements import Engagement, Fate, awaited, due_on, fate, follow_up

STOCK_NEAR: Final = timedelta(days=14)
"""How long before a day of taking stock partners are reminded of it, and how long after it where they did not."""

ANSWER_NEAR: Final = timedelta(days=7)
"""How long before a round closes a partner who has not answered is reminded."""


class Kind(StrEnum):
    """What is due."""

    ENGAGEMENT = "engagement"
    STOCK = "stock"
    ANSWER = "answer"


@dataclass(frozen=True, slots=True)
class Due:
    """Something due on ``day``, or ``late``; ``key`` names it and changes with its day, so that each is said once."""

    key: str
    kind: Kind
    day: date
    late: bool
    what: str = ""


def engagements_due(engagements: Mapping[int, Engagement], day: date) -> tuple[Due, ...]:
    """The engagements late, or due within thirty days, the earliest first; ``engagements`` by their number."""
    found = [
        Due(f"promise:{id}:{due_on(one, day)}:{'late' if late else 'near'}", Kind.ENGAGEMENT, due_on(one, day), late,
            one.what)
        for id, one in engagements.items()
        if awaited([one], day)
        for late in [fate(one, day) is Fate.LATE]
    ]  # fmt: skip
    return tuple(sorted(found, key=lambda one: (one.day, one.key)))


def stock_due(begun: date, dialogues: Sequence[date], day: date) -> tuple[Due, ...]:
    """The day of taking stock that comes within two weeks, and the last one where no dialogue has been held since.

    A dialogue held within the two weeks before counts for it.

    >>> [(one.day, one.late) for one in stock_due(date(2024, 2, 29), [], date(2024, 5, 20))]
    [(datetime.date(2024, 5, 29), False)]
    """
    days = follow_up(begun)
    found = [Due(f"stock:{one}:near", Kind.STOCK, one, False) for one in days if timedelta() <= one - day <= STOCK_NEAR]
    passed = [one for one in days if day - one > STOCK_NEAR]
    if passed and not any(held >= passed[-1] - STOCK_NEAR for held in dialogues):
        found.append(Due(f"stock:{passed[-1]}:late", Kind.STOCK, passed[-1], True))
    return tuple(found)


def answers_due(rounds: Mapping[int, date], day: date) -> tuple[Due, ...]:
    """The rounds that close within a week; ``rounds`` gives the last day of those that wait for one's own answer."""
    return tuple(
        Due(f"answer:{id}", Kind.ANSWER, closes, False)
        for id, closes in rounds.items()
        if timedelta() <= closes - day <= ANSWER_NEAR
    )
