"""The directory of catalysts: freshness, and a matrix that never takes silence for absence."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from odd17.core.kernel import trades
from odd17.core.kernel.months import months_after
from odd17.core.resources.catalysts import (
    Absence,
    Catalyst,
    Freshness,
    Presence,
    coverage,
    freshness,
    reminder_due,
    shown,
)

TRADES = [trade.id for trade in trades()]
HERE = "EPT-T10"


def _of(*catalysts: Catalyst) -> Callable[[str], list[Catalyst]]:
    return lambda territory: [one for one in catalysts if territory in one.territories]


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2026, 2, 27), Freshness.FRESH),
        (date(2026, 2, 28), Freshness.STALE),
        (date(2026, 5, 27), Freshness.STALE),
        (date(2026, 5, 28), Freshness.EXPIRED),
    ],
)
def test_an_entry_is_confirmed_every_twelve_months(day: date, expected: Freshness) -> None:
    assert freshness(Catalyst("1", "A", confirmed=date(2025, 2, 28)), day) is expected


def test_what_a_source_cites_is_shown_as_cited_and_what_nobody_confirmed_is_not_shown() -> None:
    cited, never = Catalyst("1", "A", cited=True), Catalyst("2", "B")
    day = date(2026, 11, 25)
    assert freshness(cited, day) is Freshness.CITED
    assert shown([cited, never, Catalyst("3", "C", confirmed=date(2020, 1, 1))], day) == (cited,)


def test_a_claimed_entry_follows_its_holder_and_no_longer_its_source() -> None:
    claimed = Catalyst("1", "A", cited=True, confirmed=date(2020, 1, 1))
    assert freshness(claimed, date(2026, 11, 25)) is Freshness.EXPIRED


def test_the_worked_example_shows_eight_third_places_marks_doubtful_trades_and_asserts_no_gap() -> None:
    places = [Catalyst(f"p{n}", f"Tiers-lieu {n}", trades=("running_a_place",), territories=(HERE,)) for n in range(8)]
    doubtful = [
        Catalyst("a", "Agri Ensemble", doubtful_trades=("territorial_dialogue",), territories=(HERE,)),
        Catalyst("b", "Vitavin", doubtful_trades=("territorial_dialogue",), territories=(HERE,)),
        Catalyst("c", "Club Gravelle Entreprendre", doubtful_trades=("collective_experiments",), territories=(HERE,)),
    ]
    matrix = coverage(TRADES, [HERE], _of(*places, *doubtful))
    assert len(matrix.cells["running_a_place", HERE].catalysts) == 8
    assert matrix.cells["territorial_dialogue", HERE].presence is Presence.DOUBTFUL
    assert matrix.cells["collective_experiments", HERE].presence is Presence.DOUBTFUL
    assert matrix.cells["support", HERE].presence is Presence.NO_ONE_KNOWN
    assert Presence.NO_ONE not in {cell.presence for cell in matrix.cells.values()}


def test_no_one_is_said_only_where_somebody_looked_and_an_entry_outweighs_it() -> None:
    absence = Absence("support", HERE, "a survey of the territory", date(2026, 1, 1))
    matrix = coverage(TRADES, [HERE], _of(), [absence])
    assert matrix.cells["support", HERE].presence is Presence.NO_ONE
    assert matrix.cells["support", HERE].absence == absence
    assert matrix.cells["running_a_place", HERE].presence is Presence.NO_ONE_KNOWN
    entry = Catalyst("1", "A", trades=("support",), territories=(HERE,))
    assert coverage(TRADES, [HERE], _of(entry), [absence]).cells["support", HERE].presence is Presence.SOMEONE


@pytest.mark.parametrize(
    ("months", "reminded", "due"),
    [(11, None, False), (12, None, True), (12, 0, False), (13, 1, True), (14, 0, False), (23, 1, True), (24, 1, False)],
)
def test_a_holder_is_reminded_once_a_month_until_the_entry_is_erased(
    months: int, reminded: int | None, due: bool
) -> None:
    day = date(2026, 11, 25)
    last = None if reminded is None else months_after(day, -reminded)
    assert reminder_due(months_after(day, -months), last, day) is due


def test_a_reminder_of_before_the_last_confirmation_counts_for_nothing() -> None:
    assert reminder_due(date(2025, 11, 25), date(2025, 11, 20), date(2026, 11, 25))
