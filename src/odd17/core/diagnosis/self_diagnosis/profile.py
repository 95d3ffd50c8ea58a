"""The profile of an answer: a score by dimension, its level and what that calls for; how several people differ."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Final

from odd17.core.kernel import DataError, Message

from .questionnaire import Advice, Dimension, Item, Level, Questionnaire

ENOUGH: Final = 0.5
"""Share of a dimension's weight that must be answered for it to have a score."""

STRONG: Final = 70.0
"""From this score on a dimension is told as a strength."""


@dataclass(frozen=True, slots=True)
class Scored:
    """A dimension of a profile; ``score`` (0 to 100) and the rest are None where too little was answered."""

    dimension: Dimension
    score: float | None
    level: Level | None
    advice: Advice | None
    answered: int
    asked: int


@dataclass(frozen=True, slots=True)
class Profile:
    """What an answer says; ``missing`` are the items asked and not answered: none where it is complete."""

    scored: tuple[Scored, ...]
    missing: tuple[Item, ...]

    @property
    def complete(self) -> bool:
        """Whether everything that was asked was answered."""
        return not self.missing

    @property
    def strengths(self) -> tuple[Scored, ...]:
        """The dimensions that stand well, the best first."""
        strong = [one for one in self.scored if one.score is not None and one.score >= STRONG]
        return tuple(sorted(strong, key=lambda one: -(one.score or 0)))

    @property
    def next_steps(self) -> tuple[Scored, ...]:
        """The dimensions to work on, the weakest first: those that are no strength."""
        weak = [one for one in self.scored if one.score is not None and one.score < STRONG]
        return tuple(sorted(weak, key=lambda one: one.score or 0))


@dataclass(frozen=True, slots=True)
class Spread:
    """How the people of one organisation score a dimension: ``low`` to ``high``, ``people`` who could be scored."""

    dimension: Dimension
    low: float
    median: float
    high: float
    people: int

    @property
    def width(self) -> float:
        """How far apart they are, in points."""
        return self.high - self.low


def check_answers(questionnaire: Questionnaire, answers: Mapping[str, str]) -> dict[str, str]:
    """``answers`` (option by item) without those to items that are no longer asked.

    Raises DataError on an item that this version has not, and on an option that its scale has not.
    """
    for id, option in answers.items():
        if id not in {item.id for item in questionnaire.items}:
            raise DataError(
                Message("version {version} does not ask this", version=questionnaire.version), column=id[:80],
                remedy="answer the version that the link names",
            )  # fmt: skip
        if option not in {one.id for one in questionnaire.scale(questionnaire.item(id)).options}:
            raise DataError("this is no answer to the question", column=id, value=option)
    return {item.id: answers[item.id] for item in questionnaire.asked(answers) if item.id in answers}


def profile(questionnaire: Questionnaire, answers: Mapping[str, str]) -> Profile:
    """The profile of checked ``answers``.

    A dimension's score is 100 times the mean of the points of what was answered there, by weight. Options without
    points (such as "does not apply") count neither for nor against.
    """
    asked = questionnaire.asked(answers)
    scored = tuple(_scored(questionnaire, dimension, asked, answers) for dimension in questionnaire.dimensions)
    return Profile(scored, tuple(item for item in asked if item.id not in answers))


def spreads(profiles: Sequence[Profile]) -> tuple[Spread, ...]:
    """Where the people of one organisation see it differently, the widest first; nothing for one person alone."""
    rows: list[Spread] = []
    for several in zip(*(one.scored for one in profiles), strict=True):
        scores = [one.score for one in several if one.score is not None]
        if len(scores) > 1:
            rows.append(Spread(several[0].dimension, min(scores), median(scores), max(scores), len(scores)))
    return tuple(sorted(rows, key=lambda one: -one.width))


def _scored(
    questionnaire: Questionnaire, dimension: Dimension, asked: Sequence[Item], answers: Mapping[str, str]
) -> Scored:
    items = [item for item in asked if item.dimension == dimension.id]
    told = [(item, questionnaire.scale(item).option(answers[item.id])) for item in items if item.id in answers]
    points = [(item.weight, option.points) for item, option in told if option.points is not None]
    weight = sum(one for one, _ in points)
    silent = sum(item.weight for item, option in told if option.points is None)
    whole = sum(item.weight for item in items) - silent
    if not weight or weight < ENOUGH * whole:
        return Scored(dimension, None, None, None, len(told), len(items))
    score = 100 * sum(one * point for one, point in points) / weight
    level = next(one for one in reversed(questionnaire.levels) if score >= one.above - 1e-9)
    return Scored(dimension, score, level, dimension.advice[level.id], len(told), len(items))
