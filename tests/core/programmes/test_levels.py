"""The levels that a programme states: written, read back, and what follows from them in its state."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from odd17.core.kernel import DataError, Faults
from odd17.core.programmes.levels import levels_of_lines, lines_of_levels
from odd17.core.programmes.plain import programme_from_plain, programme_to_plain
from odd17.core.programmes.programme import Dimension, Level, Measure, Programme, check_programme
from odd17.core.programmes.report_2020 import report_programme
from odd17.core.programmes.reviews import Mark, Review, check_reviews
from odd17.core.programmes.state import Move, changes_between, state_at

START = date(2024, 2, 29)
NAMES = st.lists(
    st.text("abcdefé12 ’-", min_size=1, max_size=20).map(str.strip).filter(lambda name: any(map(str.isalnum, name))),
    min_size=1, max_size=12, unique_by=lambda name: levels_of_lines(name)[0].id,
)  # fmt: skip


@st.composite
def _levels(draw: st.DrawFn) -> tuple[Level, ...]:
    return tuple(
        Level(levels_of_lines(name)[0].id, name, draw(st.booleans()), draw(st.booleans())) for name in draw(NAMES)
    )


def _programme(levels: tuple[Level, ...]) -> Programme:
    measures = tuple(Measure(number, f"Measure {number}", "d1") for number in range(1, 6))
    return check_programme(Programme("p", "Plan", START, (Dimension("d1", "D"),), levels, measures))


@given(_levels(), st.sampled_from(["fr", "en"]))
def test_levels_are_read_back_as_they_were_written(levels: tuple[Level, ...], language: str) -> None:
    assert levels_of_lines(lines_of_levels(levels, language)) == levels
    programme = _programme(levels)
    assert programme_from_plain(programme_to_plain(programme)) == programme


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_reports_four_levels_stay_themselves_in_both_languages(language: str) -> None:
    levels = report_programme().levels
    assert levels_of_lines(lines_of_levels(levels, language), levels) == levels
    assert not any(one.done for one in levels)  # the report says how satisfying a measure is, never that it is over


@given(_levels(), st.data())
def test_the_state_follows_whatever_levels_a_programme_has(levels: tuple[Level, ...], data: st.DataObject) -> None:
    programme = _programme(levels)
    said = data.draw(st.dictionaries(st.integers(1, 5), st.sampled_from([one.id for one in levels]), min_size=1))
    review = Review("1", START, {number: Mark(level, "why") for number, level in said.items()})
    check_reviews(programme, [review], START)
    state = state_at(programme, [review], START)
    counted = Counter(said.values())
    assert list(state.totals) == [one.id for one in levels]
    assert dict(state.totals) == {one.id: counted[one.id] for one in levels}
    assert sum(state.totals.values()) + state.not_reviewed == 5
    done = [counted[one.id] for one in levels if one.done]
    assert state.done == (sum(done) if done else None)


@given(_levels(), st.data())
def test_a_reason_is_asked_for_by_the_levels_that_ask_for_one(levels: tuple[Level, ...], data: st.DataObject) -> None:
    level = data.draw(st.sampled_from(levels))
    review = Review("1", START, {1: Mark(level.id)})
    if level.needs_reason:
        with pytest.raises(DataError, match="without a reason"):
            check_reviews(_programme(levels), [review], START)
    else:
        check_reviews(_programme(levels), [review], START)


def test_better_is_nearer_the_first_level() -> None:
    levels = levels_of_lines("Fait ; terminé\nEn cours\nPas commencé")
    reviews = [
        Review("1", date(2024, 3, 1), {1: Mark("en-cours"), 2: Mark("en-cours")}),
        Review("2", date(2024, 4, 1), {1: Mark("fait"), 2: Mark("pas-commence")}),
    ]
    moved = changes_between(_programme(levels), reviews, date(2024, 3, 1), date(2024, 4, 1))
    assert [one.move for one in moved] == [Move.BETTER, Move.WORSE]


def test_a_level_keeps_its_identifier_by_its_name() -> None:
    known = (Level("x1", "En cours"),)
    assert [one.id for one in levels_of_lines("EN COURS ; raison\nFait", known)] == ["x1", "fait"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "from one to 12 levels"),
        ("\n".join(f"Niveau {n}" for n in range(13)), "from one to 12 levels"),
        ("Fait\nfait ", "two levels have this name"),
        ("Fait ; rouge", "after the name stand"),
        ("; raison", "at most"),
        ("!!", "at most"),
        ("a" * 61, "at most"),
    ],
)
def test_levels_that_cannot_be_are_refused(text: str, words: str) -> None:
    with pytest.raises(DataError, match=words):
        levels_of_lines(text)


def test_every_line_that_is_wrong_is_told() -> None:
    with pytest.raises(Faults) as caught:
        levels_of_lines("Fait\nfait\nEn cours ; rouge", file="levels.txt")
    assert [(one.row, one.value) for one in caught.value.faults] == [(2, "fait"), (3, "rouge")]


def test_levels_that_a_published_review_speaks_of_are_not_taken_away() -> None:
    review = Review("1", START, {1: Mark("fait")})
    with pytest.raises(DataError, match="there is no level 'fait'"):
        check_reviews(_programme(levels_of_lines("Achevé ; done")), [review], START)
