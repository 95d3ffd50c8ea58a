"""A figure before, during and after an alliance: phases by the month, never across a break, beside its twins."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from odd17.core.alliances.contribution import Beside, Hindrance, Phase, Standing, contribution, phase_of
from odd17.core.diagnosis.course import Point
from odd17.core.indicators.series_break import SeriesBreak
from odd17.core.kernel import DataError, Estimate, ObsStatus, Period, Text

BEGUN, ENDED = date(2018, 6, 1), date(2020, 2, 29)


def point(period: str, value: float | None, *others: float | None, status: ObsStatus = ObsStatus.NORMAL) -> Point:
    return Point(period, Estimate(value, obs_status=status), tuple(Estimate(one) for one in others))


def years(first: int, *rows: tuple[float | None, ...]) -> list[Point]:
    return [point(str(first + at), *row) for at, row in enumerate(rows)]


SIX = years(
    2016, (10.0, 5.0, 6.0, 7.0), (11.0, 5.5, 6.0, 7.0), (12.0, 5.5, 6.5, 7.0), (11.0, 5.0, 6.0, 8.0),
    (9.0, 5.0, 6.0, 8.0), (8.0, 4.0, 6.0, 9.0),
)  # fmt: skip


@pytest.mark.parametrize(
    ("period", "phase", "straddles"),
    [
        ("2017", Phase.BEFORE, False), ("2018", Phase.DURING, True), ("2018-05", Phase.BEFORE, False),
        ("2018-06", Phase.DURING, False), ("2019", Phase.DURING, False), ("2014/2018", Phase.DURING, True),
        ("2020", Phase.DURING, True), ("2020-02", Phase.DURING, False), ("2020-03", Phase.AFTER, False),
        ("2020-Q2", Phase.AFTER, False), ("2021", Phase.AFTER, False),
    ],
)  # fmt: skip
def test_a_period_lies_before_during_or_after_by_the_month(period: str, phase: Phase, straddles: bool) -> None:
    assert phase_of(period, BEGUN, ENDED) == (phase, straddles)


def test_while_it_acts_nothing_is_after() -> None:
    assert phase_of("2099", BEGUN, None) == (Phase.DURING, False)
    assert [one.phase for one in contribution(SIX, BEGUN).stretches] == [Phase.BEFORE, Phase.DURING]


def test_each_phase_changes_from_the_last_figure_before_it_here_and_at_the_twins() -> None:
    before, during, after = contribution(SIX, BEGUN, ENDED).stretches
    assert (before.since, before.until, before.change) == ("2016", "2017", 1.0)
    assert (during.since, during.until, during.change) == ("2017", "2020", -2.0)
    assert during.others == (-0.5, 0.0, 1.0)
    assert during.beside == Beside(-0.5, 0.0, 1.0, 3)
    assert during.standing is Standing.BELOW
    assert (after.since, after.until, after.change) == ("2020", "2021", -1.0)
    assert after.standing is Standing.AMONG  # equal to a twin's is among them


def test_without_three_twins_that_have_a_change_nothing_is_said_of_a_standing() -> None:
    found = contribution(years(2017, (1.0, 5.0, None, 2.0), (4.0, 5.0, 6.0, 2.0)), BEGUN).stretches[1]
    assert found.others == (0.0, None, 0.0)
    assert found.standing is None
    assert contribution(years(2017, (1.0,), (4.0,)), BEGUN).stretches[1].beside is None


def test_one_period_has_no_change_and_is_not_drawn() -> None:
    found = contribution([point("2019", 3.0, 4.0), point("2020", None, 4.0)], BEGUN, ENDED)
    assert not found.is_drawn
    assert [one.hindrance for one in found.stretches] == [
        Hindrance.NO_FIGURE, Hindrance.ONE_PERIOD, Hindrance.NO_FIGURE,
    ]  # fmt: skip
    assert not contribution([], BEGUN).with_figure


def test_a_break_is_never_bridged_here_nor_at_a_twin() -> None:
    anew = [
        *years(2016, (10.0, 1.0), (11.0, 1.0)),
        point("2018", 30.0, 1.0, status=ObsStatus.BREAK),
        *years(2019, (31.0, 1.0), (33.0, 2.0)),
    ]
    during = contribution(anew, BEGUN).stretches[1]
    assert (during.since, during.until, during.change) == ("2018", "2020", 3.0)
    assert contribution(anew[:3], BEGUN).stretches[1].hindrance is Hindrance.BREAK
    twin = Point("2019", Estimate(12.0), (Estimate(50.0, obs_status=ObsStatus.BREAK),))
    assert contribution([*years(2017, (11.0, 1.0)), twin], BEGUN).stretches[1].others == (None,)


def test_a_break_that_the_catalogue_dates_cuts_too() -> None:
    known = SeriesBreak(Text("Autre loi.", "Another law."), after="2018")
    found = contribution(years(2017, (1.0,), (2.0,), (50.0,), (51.0,)), BEGUN, known_breaks=[known])
    assert (found.stretches[1].since, found.stretches[1].change) == ("2019", 1.0)
    assert [one.point.period for one in found.periods if one.point.breaks] == ["2019"]


def test_periods_that_share_months_are_said_to() -> None:
    found = contribution([point("2014/2018", 1.0), point("2015/2019", 2.0)], date(2019, 1, 1))
    assert found.stretches[1].shares_months


def test_it_does_not_end_before_it_began() -> None:
    with pytest.raises(DataError, match="before it began"):
        contribution(SIX, ENDED, BEGUN)


_DAYS = st.dates(date(2000, 1, 1), date(2030, 12, 31))
_VALUES = st.none() | st.floats(-1e6, 1e6)
_POINTS = st.dictionaries(
    st.integers(2000, 2030).map(str)
    | st.builds(lambda a, b: f"{a}/{a + b}", st.integers(2000, 2025), st.integers(1, 5)),
    st.tuples(_VALUES, _VALUES, _VALUES, st.sampled_from([ObsStatus.NORMAL, ObsStatus.BREAK])),
    max_size=12,
).map(lambda told: [point(period, *values, status=status) for period, (*values, status) in told.items()])


@given(_POINTS, _DAYS, _DAYS, st.booleans())
def test_whatever_the_series_a_change_is_that_of_two_periods_between_which_nothing_broke(
    points: list[Point], one: date, other: date, ongoing: bool
) -> None:
    begun, ended = min(one, other), None if ongoing else max(one, other)
    found = contribution(points, begun, ended)
    assert len(found.periods) == len(points)
    by_period = {dated.point.period: dated.point for dated in found.periods}
    order = [dated.point.period for dated in found.periods]
    for stretch in found.stretches:
        assert (stretch.change is None) == (stretch.hindrance is not None)
        if stretch.since is None or stretch.until is None:
            continue
        first, last = by_period[stretch.since], by_period[stretch.until]
        assert Period.parse(first.period) < Period.parse(last.period)
        assert stretch.change == last.estimate.value - first.estimate.value  # type: ignore[operator]  # both have one
        between = order[order.index(stretch.since) + 1 : order.index(stretch.until) + 1]
        assert not any(by_period[period].breaks for period in between)
        assert phase_of(stretch.until, begun, ended)[0] is stretch.phase


@given(_POINTS, _DAYS)
def test_the_twins_change_nothing_of_what_is_said_here(points: list[Point], begun: date) -> None:
    alone = [Point(one.period, one.estimate) for one in points]
    told = [(one.since, one.until, one.change, one.hindrance) for one in contribution(points, begun).stretches]
    assert told == [(one.since, one.until, one.change, one.hindrance) for one in contribution(alone, begun).stretches]
