"""How often a host is asked, and how long to wait before it is asked again."""

from __future__ import annotations

import random
from collections import deque
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

LIMITS: Mapping[str, int] = {"api.insee.fr": 30}
"""How many requests a minute a host takes, where it says so."""

DEFAULT_LIMIT = 120
"""How many requests a minute any other host is asked."""

DELAYS = (5.0, 20.0, 60.0, 60.0)
"""Seconds before the second request, the third…: there is no request after the last."""

LONGEST_WAIT = 300.0
"""The longest that a server's own Retry-After is waited for, in seconds."""

_MINUTE = 60.0


class Pace:
    """Holds requests back so that no host gets more of them a minute than it takes."""

    def __init__(self, limits: Mapping[str, int], clock: Callable[[], float], sleep: Callable[[float], None]) -> None:
        self._limits, self._clock, self._sleep = limits, clock, sleep
        self._asked: dict[str, deque[float]] = {}

    def wait(self, host: str) -> None:
        """Return when ``host`` may be asked."""
        limit = self._limits.get(host, DEFAULT_LIMIT)
        asked = self._asked.setdefault(host, deque(maxlen=limit))
        if len(asked) == limit:
            rest = asked[0] + _MINUTE - self._clock()
            if rest > 0:
                self._sleep(rest)
        asked.append(self._clock())


def delay(attempt: int, chance: random.Random) -> float:
    """Seconds to wait after the attempt number ``attempt`` (from 0) failed: longer each time, never twice the same.

    >>> 5 <= delay(0, random.Random(1)) <= 6.25
    True
    """
    return DELAYS[attempt] * (1 + chance.random() / 4)


def retry_after(text: str | None, now: datetime) -> float | None:
    """Seconds that the header Retry-After asks to wait, written in seconds or as a date; None where unreadable.

    >>> retry_after("7", datetime(2026, 1, 1, tzinfo=UTC))
    7.0
    >>> retry_after("Thu, 01 Jan 2026 00:01:00 GMT", datetime(2026, 1, 1, tzinfo=UTC))
    60.0
    >>> retry_after("soon", datetime(2026, 1, 1, tzinfo=UTC)) is None
    True
    """
    if text is None:
        return None
    if text.strip().isascii() and text.strip().isdigit():
        return float(text)
    try:
        at = parsedate_to_datetime(text)
    except ValueError:
        return None
    at = at if at.tzinfo else at.replace(tzinfo=UTC)
    return max(0.0, (at - now).total_seconds())
