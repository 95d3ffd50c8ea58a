"""A programme as of any day: first the report's own, then any sequence of reviews."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from odd17.core.kernel import DataError
from odd17.core.programmes.programme import (
    Dimension,
    Horizon,
    Level,
    Measure,
    Programme,
    check_programme,
    expected_on,
    full_effects,
)
from odd17.core.programmes.reviews import Mark, Review, check_reviews
from odd17.core.programmes.state import Known, Move, changes_between, state_at

START = date(2020, 5, 7)
TODAY = date(2026, 11, 25)
LEVELS = (
    Level("very_satisfactory", "Very satisfactory"),
    Level("satisfactory", "Satisfactory"),
    Level("explained_delay", "Explained delay", needs_reason=True),
    Level("called_into_question", "Called into question", needs_reason=True),
)


def _programme(measures: int = 21, published: date = START) -> Programme:
    dimensions = (
        Dimension("operational", "Operational", Horizon(3, 9)),
        Dimension("strategic", "Strategic", Horizon(6, 12)),
        Dimension("political", "Political", Horizon(12, 18)),
    )
    return Programme(
        "p", "A programme", published, dimensions, LEVELS,
        tuple(Measure(n + 1, f"Measure {n + 1}", dimensions[n * 3 // measures].id) for n in range(measures)),
    )  # fmt: skip


def _mark(level: str | None) -> Mark:
    return Mark(level, "for a reason")


def test_five_months_on_the_seven_operational_measures_should_show_effects_and_no_other() -> None:
    expected = expected_on(_programme(), date(2020, 10, 17))
    assert [one.number for one in expected] == list(range(1, 8))


@pytest.mark.parametrize(
    ("day", "count"),
    [(date(2020, 8, 6), 0), (date(2020, 8, 7), 7), (date(2020, 11, 7), 14), (date(2021, 5, 6), 14),
     (date(2021, 5, 7), 21)],
)  # fmt: skip
def test_effects_are_due_on_the_day_and_not_before(day: date, count: int) -> None:
    assert len(expected_on(_programme(), day)) == count


def test_a_programme_of_29_february_is_due_on_the_last_day_of_february() -> None:
    programme = _programme(published=date(2024, 2, 29))
    assert full_effects(programme, programme.measure(8)) == date(2025, 2, 28)


def test_a_review_in_totals_tells_no_level_of_any_measure() -> None:
    totals = {"very_satisfactory": 6, "satisfactory": 9, "explained_delay": 6}
    state = state_at(_programme(), [Review("1", date(2020, 10, 17), totals=totals)], date(2020, 10, 17))
    assert {one.known for one in state.measures} == {Known.UNPUBLISHED}
    assert {one.level for one in state.measures} == {None}
    assert state.totals == {**totals, "called_into_question": 0}
    assert (state.unpublished, state.not_reviewed) == (0, 0)


def test_before_its_first_review_nothing_is_known() -> None:
    state = state_at(_programme(), [Review("1", TODAY, {1: _mark("satisfactory")})], TODAY - timedelta(1))
    assert state.not_reviewed == 21
    assert sum(state.totals.values()) == 0
    assert not state.reviews


def test_a_measure_marked_after_totals_is_the_only_one_whose_level_is_known() -> None:
    reviews = [
        Review("1", date(2020, 10, 17), totals={"satisfactory": 21}),
        Review("2", date(2021, 10, 17), {3: _mark("explained_delay")}),
    ]
    state = state_at(_programme(), reviews, TODAY)
    assert (state.totals["explained_delay"], state.totals["satisfactory"], state.unpublished) == (1, 0, 20)


def test_a_correction_leaves_what_was_published_readable_as_of_its_day() -> None:
    reviews = [
        Review("1", date(2021, 1, 1), {1: _mark("satisfactory")}),
        Review("2", date(2021, 3, 1), {1: _mark("explained_delay")}, corrects="1"),
    ]
    assert state_at(_programme(), reviews, date(2021, 2, 1)).of(1).level == "satisfactory"
    assert state_at(_programme(), reviews, date(2021, 3, 1)).of(1).level == "explained_delay"


def test_a_correction_does_not_prevail_over_a_later_review() -> None:
    reviews = [
        Review("1", date(2021, 1, 1), {1: _mark("satisfactory"), 2: _mark("satisfactory")}),
        Review("2", date(2021, 6, 1), {1: _mark("very_satisfactory")}),
        Review("3", date(2021, 9, 1), {1: _mark("explained_delay"), 2: _mark("explained_delay")}, corrects="1"),
    ]
    state = state_at(_programme(), reviews, TODAY)
    assert (state.of(1).level, state.of(2).level) == ("very_satisfactory", "explained_delay")


def test_what_changed_between_two_days() -> None:
    reviews = [
        Review("1", date(2021, 1, 1), {1: _mark("satisfactory"), 2: _mark("satisfactory"), 3: _mark("satisfactory")}),
        Review("2", date(2021, 6, 1), {1: _mark("explained_delay"), 2: _mark("very_satisfactory"), 3: _mark(None)}),
        Review("3", date(2021, 6, 1), {4: _mark("satisfactory"), 5: _mark(None)}),
    ]
    moves = changes_between(_programme(), reviews, date(2021, 1, 1), TODAY)
    assert [(one.after.measure.number, one.move) for one in moves] == [
        (1, Move.WORSE), (2, Move.BETTER), (3, Move.UNSAID), (4, Move.SAID), (5, Move.COUNTED),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("review", "words"),
    [
        (Review("1", TODAY + timedelta(1), {1: _mark("satisfactory")}), "in the future"),
        (Review("1", START - timedelta(1), {1: _mark("satisfactory")}), "before its programme"),
        (Review("1", TODAY), "says nothing"),
        (Review("1", TODAY, {99: _mark("satisfactory")}), "no such measure"),
        (Review("1", TODAY, {1: _mark("splendid")}), "there is no level 'splendid'"),
        (Review("1", TODAY, {1: Mark("explained_delay", " ")}), "without a reason"),
        (Review("1", TODAY, {1: Mark("called_into_question")}), "without a reason"),
        (Review("1", TODAY, totals={"satisfactory": 20}), "add up to 20, the programme has 21"),
        (Review("1", TODAY, totals={"satisfactory": 22, "explained_delay": -1}), "add up to 21"),
        (Review("1", TODAY, totals={"splendid": 21}), "no level 'splendid'"),
        (Review("1", TODAY, {1: _mark("satisfactory")}, {"satisfactory": 21}), "both marks and totals"),
        (Review("1", TODAY, {1: _mark("satisfactory")}, corrects="0"), "was not published before"),
    ],
)
def test_what_a_review_may_not_say(review: Review, words: str) -> None:
    with pytest.raises(DataError, match=words):
        check_reviews(_programme(), [review], TODAY)


def test_two_reviews_do_not_share_an_identifier() -> None:
    review = Review("1", TODAY, {1: _mark("satisfactory")})
    with pytest.raises(DataError, match="two reviews"):
        check_reviews(_programme(), [review, review], TODAY)


def test_a_correction_of_a_later_review_is_refused() -> None:
    reviews = [
        Review("1", TODAY, {1: _mark("satisfactory")}),
        Review("2", TODAY - timedelta(9), {1: _mark("satisfactory")}, corrects="1"),
    ]
    with pytest.raises(DataError, match="was not published before"):
        check_reviews(_programme(), reviews, TODAY)


@pytest.mark.parametrize(
    ("measures", "words"),
    [
        ((Measure(1, "A", "operational"), Measure(1, "B", "operational")), "given before"),
        ((Measure(0, "A", "operational"),), "numbered from 1"),
        ((Measure(1, "A", "elsewhere"),), "declares no such one"),
        ((Measure(1, "A", "operational", workstreams=("x",)),), "declares no such one"),
        ((Measure(1, "A", "operational", horizon=Horizon(9, 3)),), "make no sense"),
        ((), "at least one measure"),
    ],
)
def test_what_a_programme_may_not_be(measures: tuple[Measure, ...], words: str) -> None:
    given_programme = Programme("p", "A", START, (Dimension("operational", "O"),), LEVELS, measures)
    with pytest.raises(DataError, match=words):
        check_programme(given_programme, "plan.csv")


_MARKS = st.dictionaries(
    st.integers(1, 21), st.sampled_from([*(level.id for level in LEVELS), None]).map(_mark), min_size=1
)
_TOTALS = st.lists(st.sampled_from([level.id for level in LEVELS]), min_size=21, max_size=21).map(
    lambda levels: {level: levels.count(level) for level in levels}
)


@st.composite
def _reviews(draw: st.DrawFn) -> list[Review]:
    days = sorted(draw(st.lists(st.dates(START, TODAY), max_size=8)))
    reviews: list[Review] = []
    for place, day in enumerate(days):
        corrects = draw(st.sampled_from([None, *(one.id for one in reviews)]))
        marks, totals = (draw(_MARKS), None) if draw(st.booleans()) else ({}, draw(_TOTALS))
        reviews.append(Review(str(place), day, marks, totals, corrects=corrects))
    return reviews


@given(_reviews(), st.dates(START, TODAY))
def test_the_state_depends_on_the_reviews_up_to_its_day_only_and_counts_every_measure(
    reviews: list[Review], day: date
) -> None:
    programme = _programme()
    check_reviews(programme, reviews, TODAY)
    state = state_at(programme, reviews, day)
    assert state == state_at(programme, [one for one in reviews if one.day <= day], day)
    assert sum(state.totals.values()) + state.unpublished + state.not_reviewed == 21
    assert all((one.level is None) == (one.known is not Known.LEVEL) for one in state.measures)


@given(_reviews(), st.dates(START, TODAY), st.dates(START, TODAY))
def test_nothing_changed_is_the_same_as_two_equal_states(reviews: list[Review], one: date, other: date) -> None:
    programme = _programme()
    moved = {change.after.measure.number for change in changes_between(programme, reviews, one, other)}
    before, after = state_at(programme, reviews, one), state_at(programme, reviews, other)
    for number in {measure.number for measure in programme.measures} - moved:
        assert before.of(number).level == after.of(number).level
    assert not changes_between(programme, reviews, one, one)
