"""What a partner is reminded of: what is late or near, once for each day agreed on."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from odd17.core.alliances.engagements import Engagement, Event, Fate, Means, follow_up, happened
from odd17.core.alliances.reminders import ANSWER_NEAR, STOCK_NEAR, Kind, answers_due, engagements_due, stock_due

TODAY = date(2026, 11, 25)
LEAP = date(2024, 2, 29)


def _promise(due: date) -> Engagement:
    return Engagement("a", Means.HUMAN, "two days", due)


def test_engagements_are_due_within_thirty_days_and_late_afterwards_the_earliest_first() -> None:
    promises = {
        7: _promise(TODAY + timedelta(30)),
        8: _promise(TODAY + timedelta(31)),
        9: _promise(TODAY - timedelta(1)),
    }
    found = engagements_due(promises, TODAY)
    assert [(one.key, one.late) for one in found] == [
        (f"promise:9:{TODAY - timedelta(1)}:late", True), (f"promise:7:{TODAY + timedelta(30)}:near", False),
    ]  # fmt: skip
    assert [one.what for one in found] == ["two days", "two days"]


def test_the_day_itself_is_not_late() -> None:
    assert [one.late for one in engagements_due({1: _promise(TODAY)}, TODAY)] == [False]


def test_what_is_kept_or_ended_is_not_said_and_another_day_is_said_anew() -> None:
    late = _promise(TODAY - timedelta(9))
    for fate in (Fate.KEPT, Fate.ENDED):
        assert engagements_due({1: happened(late, Event(TODAY, fate, "why"), TODAY)}, TODAY) == ()
    put_off = happened(late, Event(TODAY, Fate.CHANGED, "why", TODAY + timedelta(9)), TODAY)
    (before,), (after,) = engagements_due({1: late}, TODAY), engagements_due({1: put_off}, TODAY)
    assert before.key != after.key
    assert (after.day, after.late) == (TODAY + timedelta(9), False)


def test_taking_stock_is_near_for_two_weeks_and_late_two_weeks_after() -> None:
    day = follow_up(LEAP)[0]
    assert day == date(2024, 5, 29)
    assert stock_due(LEAP, [], day - timedelta(15)) == ()
    for left in (14, 0):
        assert [(one.day, one.late) for one in stock_due(LEAP, [], day - timedelta(left))] == [(day, False)]
    assert stock_due(LEAP, [], day + STOCK_NEAR) == ()
    assert [(one.day, one.late) for one in stock_due(LEAP, [], day + timedelta(15))] == [(day, True)]


def test_a_dialogue_held_at_most_two_weeks_before_counts_for_taking_stock() -> None:
    day = follow_up(LEAP)[0]
    after = day + timedelta(20)
    assert stock_due(LEAP, [day - timedelta(14)], after) == ()
    assert [one.late for one in stock_due(LEAP, [day - timedelta(15)], after)] == [True]


def test_an_alliance_of_the_29th_of_february_takes_stock_twelve_times_over_three_years() -> None:
    said = {one.day for left in range(1200) for one in stock_due(LEAP, [], LEAP + timedelta(left)) if not one.late}
    assert sorted(said) == list(follow_up(LEAP))
    assert {date(2025, 2, 28), date(2026, 2, 28), date(2027, 2, 28)} <= said
    assert max(said) >= date(2027, 2, 28)


def test_a_round_is_said_in_its_last_week_its_last_day_included() -> None:
    rounds = {1: TODAY, 2: TODAY + ANSWER_NEAR, 3: TODAY + timedelta(8), 4: TODAY - timedelta(1)}
    assert [(one.key, one.kind) for one in answers_due(rounds, TODAY)] == [
        ("answer:1", Kind.ANSWER), ("answer:2", Kind.ANSWER),
    ]  # fmt: skip


_DAYS = st.dates(date(2024, 1, 1), date(2029, 12, 31))


@given(_DAYS, st.lists(_DAYS, max_size=6), st.dictionaries(st.integers(1, 9), _DAYS, max_size=4), _DAYS)
def test_keys_name_what_is_due_once_and_fit_what_keeps_them(
    begun: date, dialogues: list[date], dues: dict[int, date], day: date
) -> None:
    found = [
        *engagements_due({id: _promise(due) for id, due in dues.items()}, day),
        *stock_due(begun, dialogues, day),
        *answers_due(dues, day),
    ]
    keys = [one.key for one in found]
    assert len(keys) == len(set(keys))
    assert all(len(key) <= 60 for key in keys)
    assert all(one.late == (one.day < day) for one in found)
