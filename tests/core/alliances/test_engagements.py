"""Engagements: kept, late, changed, as of any day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from odd17.core.alliances.engagements import (
    Engagement,
    Event,
    Fate,
    Means,
    awaited,
    due_on,
    fate,
    follow_up,
    happened,
)
from odd17.core.kernel import DataError

DUE = date(2026, 3, 1)
TODAY = date(2026, 11, 25)
PROMISE = Engagement("an association", Means.HUMAN, "two days a month", DUE)


def test_an_engagement_is_awaited_then_late_then_kept() -> None:
    kept = happened(PROMISE, Event(date(2026, 4, 1), Fate.KEPT), TODAY)
    days = [DUE, DUE + timedelta(1), date(2026, 4, 1)]
    assert [fate(kept, day) for day in days] == [Fate.AWAITED, Fate.LATE, Fate.KEPT]


def test_a_change_puts_it_off_and_it_can_be_late_again() -> None:
    put_off = happened(PROMISE, Event(DUE, Fate.CHANGED, "a new treasurer", date(2026, 6, 1)), TODAY)
    assert fate(put_off, date(2026, 6, 1)) is Fate.CHANGED
    assert fate(put_off, date(2026, 6, 2)) is Fate.LATE
    assert due_on(put_off, DUE - timedelta(1)) == DUE
    assert due_on(put_off, DUE) == date(2026, 6, 1)


@pytest.mark.parametrize(
    ("event", "words"),
    [
        (Event(TODAY + timedelta(1), Fate.KEPT), "in the future"),
        (Event(TODAY, Fate.CHANGED, " "), "without a reason"),
        (Event(TODAY, Fate.ENDED), "without a reason"),
        (Event(TODAY, Fate.KEPT, due=TODAY), "goes with a change"),
        (Event(TODAY, Fate.LATE), "never recorded"),
    ],
)
def test_what_an_event_may_not_be(event: Event, words: str) -> None:
    with pytest.raises(DataError, match=words):
        happened(PROMISE, event, TODAY)


def test_nothing_happens_after_the_end_nor_before_what_happened() -> None:
    ended = happened(PROMISE, Event(TODAY, Fate.ENDED, "the partner was dissolved"), TODAY)
    with pytest.raises(DataError, match="has ended"):
        happened(ended, Event(TODAY, Fate.KEPT), TODAY)
    with pytest.raises(DataError, match="before the last"):
        happened(happened(PROMISE, Event(TODAY, Fate.KEPT), TODAY), Event(DUE, Fate.KEPT), TODAY)


def test_reminders_are_of_what_is_late_or_near_the_earliest_first() -> None:
    soon = Engagement("b", Means.FINANCIAL, "5 000 €", TODAY + timedelta(30))
    later = Engagement("c", Means.RELATIONAL, "a meeting", TODAY + timedelta(31))
    kept = happened(PROMISE, Event(TODAY, Fate.KEPT), TODAY)
    assert awaited([later, soon, PROMISE, kept], TODAY) == (PROMISE, soon)


def test_an_alliance_is_followed_three_years_at_least() -> None:
    days = follow_up(date(2026, 1, 31), every=5)
    assert days[0] == date(2026, 6, 30)
    assert days[-1] >= date(2029, 1, 31)
    with pytest.raises(ValueError, match="36 months"):
        follow_up(date(2026, 1, 31), months=12)


@given(
    st.lists(st.tuples(st.dates(DUE - timedelta(99), TODAY), st.sampled_from(Fate)), max_size=6), st.dates(DUE, TODAY)
)
def test_what_has_become_of_it_on_a_day_rests_on_what_happened_up_to_it(
    events: list[tuple[date, Fate]], day: date
) -> None:
    whole = until = PROMISE
    for when, what in events:
        try:
            whole = happened(whole, Event(when, what, "r", when if what is Fate.CHANGED else None), TODAY)
        except DataError:
            continue
        if when <= day:
            until = Engagement(whole.partner, whole.means, whole.what, whole.due, whole.history)
    assert fate(whole, day) is fate(until, day)
