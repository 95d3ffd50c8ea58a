"""The way of a request for help: its states, the moves between them, and when an answer is late."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from enum import StrEnum
from typing import Final


class State(StrEnum):
    """How far a request is."""

    RECEIVED = "received"
    DISCUSSED = "discussed"
    AGREED = "agreed"
    DONE = "done"
    DECLINED = "declined"


_NEXT: Final[Mapping[State, tuple[State, ...]]] = {
    State.RECEIVED: (State.DISCUSSED, State.DECLINED),
    State.DISCUSSED: (State.AGREED, State.DECLINED),
    State.AGREED: (State.DONE, State.DECLINED),
    State.DONE: (),
    State.DECLINED: (),
}


def next_states(state: State) -> tuple[State, ...]:
    """Where a request may go from ``state``; nowhere once it is done or declined.

    >>> [after.value for after in next_states(State.DISCUSSED)]
    ['agreed', 'declined']
    """
    return _NEXT[state]


def is_late(state: State, since: date, today: date, promised: int) -> bool:
    """Whether a request received on the day ``since`` waits for its first answer beyond ``promised`` days.

    >>> is_late(State.RECEIVED, date(2026, 3, 1), date(2026, 3, 11), promised=10)
    False
    >>> is_late(State.RECEIVED, date(2026, 3, 1), date(2026, 3, 12), promised=10)
    True
    """
    return state is State.RECEIVED and today > since + timedelta(days=promised)
