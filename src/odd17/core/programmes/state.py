"""The state of a programme as of a day: it depends on the reviews up to that day and on nothing else.

A review takes effect on its day. A correction takes effect on its own, later day, in the place of what it corrects:
what was published stays readable as of the day when it stood, and a later review of the same measure still prevails.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from .programme import Measure, Programme, expected_on
from .reviews import Mark, Review


class Known(StrEnum):
    """What is known of a measure's level."""

    LEVEL = "level"
    UNPUBLISHED = "unpublished"  # a review counted it among its totals, and did not say where
    NOT_REVIEWED = "not_reviewed"


@dataclass(frozen=True, slots=True)
class MeasureState:
    """A measure as of the day; ``level`` is None unless ``known`` is LEVEL; ``review`` said it last."""

    measure: Measure
    known: Known
    level: str | None = None
    reason: str = ""
    evidence: tuple[str, ...] = ()
    review: Review | None = None
    expected: bool = False


@dataclass(frozen=True, slots=True)
class State:
    """A programme as of ``day``.

    ``totals`` (every level, from the best) + ``unpublished`` + ``not_reviewed`` are the number of measures.
    ``reviews`` are those that stood, in the order of their days. ``done`` are the measures at levels that mean so; None
    where the programme has no such level.
    """

    day: date
    measures: tuple[MeasureState, ...]
    totals: Mapping[str, int]
    unpublished: int
    not_reviewed: int
    reviews: tuple[Review, ...]
    done: int | None = None

    @property
    def expected(self) -> tuple[Measure, ...]:
        """The measures that should show effects."""
        return tuple(one.measure for one in self.measures if one.expected)

    def of(self, number: int) -> MeasureState:
        """The state of the measure of this number; KeyError where there is none."""
        for one in self.measures:
            if one.measure.number == number:
                return one
        raise KeyError(number)


class Move(StrEnum):
    """How what is known of a measure changed."""

    BETTER = "better"
    WORSE = "worse"
    SAID = "said"  # a level is known where none was
    UNSAID = "unsaid"  # none is known where one was
    COUNTED = "counted"  # reviewed for the first time, within totals


@dataclass(frozen=True, slots=True)
class Change:
    """A measure whose state differs between two days."""

    before: MeasureState
    after: MeasureState
    move: Move


def state_at(programme: Programme, reviews: Sequence[Review], day: date) -> State:
    """The state as of ``day``, from ``reviews`` that ``check_reviews`` let through."""
    stood = tuple(sorted((one for one in reviews if one.day <= day), key=lambda one: one.day))
    expected = {one.number for one in expected_on(programme, day)}
    states = {one.number: MeasureState(one, Known.NOT_REVIEWED) for one in programme.measures}
    totals: Mapping[str, int] | None = None
    for review in _in_turn(stood):
        if review.totals is not None:
            totals = review.totals
            for number, state in states.items():
                states[number] = MeasureState(state.measure, Known.UNPUBLISHED, review=review)
        for number, mark in review.marks.items():
            totals = None
            states[number] = _marked(states[number].measure, mark, review)
    measures = tuple(replace(one, expected=number in expected) for number, one in states.items())
    counted, unpublished, not_reviewed = _counts(programme, measures, totals)
    done = [counted[level.id] for level in programme.levels if level.done]
    return State(day, measures, counted, unpublished, not_reviewed, stood, sum(done) if done else None)


def changes_between(programme: Programme, reviews: Sequence[Review], since: date, until: date) -> tuple[Change, ...]:
    """The measures whose state differs between two days, in the programme's order."""
    before, after = state_at(programme, reviews, since), state_at(programme, reviews, until)
    places = {level.id: place for place, level in enumerate(programme.levels)}
    pairs = zip(before.measures, after.measures, strict=True)
    return tuple(Change(one, other, move) for one, other in pairs if (move := _move(one, other, places)) is not None)


def _in_turn(stood: Sequence[Review]) -> Iterator[Review]:
    """Each review that corrects none, followed at once by all its corrections, direct or not, by their days."""
    roots: dict[str, str] = {}
    threads: dict[str, list[Review]] = {}
    for review in stood:
        root = roots[review.id] = review.id if review.corrects is None else roots[review.corrects]
        threads.setdefault(root, []).append(review)
    for thread in threads.values():
        yield from thread


def _marked(measure: Measure, mark: Mark, review: Review) -> MeasureState:
    if mark.level is None:
        return MeasureState(measure, Known.UNPUBLISHED, None, mark.reason, mark.evidence, review)
    return MeasureState(measure, Known.LEVEL, mark.level, mark.reason, mark.evidence, review)


def _counts(
    programme: Programme, measures: Sequence[MeasureState], totals: Mapping[str, int] | None
) -> tuple[dict[str, int], int, int]:
    if totals is not None:
        return {level.id: totals.get(level.id, 0) for level in programme.levels}, 0, 0
    known = Counter(one.known for one in measures)
    levels = Counter(one.level for one in measures)
    counted = {level.id: levels[level.id] for level in programme.levels}
    return counted, known[Known.UNPUBLISHED], known[Known.NOT_REVIEWED]


def _move(before: MeasureState, after: MeasureState, places: Mapping[str, int]) -> Move | None:
    if before.level is not None and after.level is not None:
        shift = places[after.level] - places[before.level]
        return None if shift == 0 else Move.WORSE if shift > 0 else Move.BETTER
    if before.level is None and after.level is not None:
        return Move.SAID
    if before.level is not None:
        return Move.UNSAID
    return Move.COUNTED if before.known is Known.NOT_REVIEWED and after.known is Known.UNPUBLISHED else None
