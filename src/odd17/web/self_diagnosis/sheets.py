"""A questionnaire cut into sheets of a few questions, as they are shown one after the other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from odd17.core.diagnosis.self_diagnosis.questionnaire import Dimension, Item, Questionnaire, Scale

MOST_ITEMS = 7


@dataclass(frozen=True, slots=True)
class Question:
    """An item as a sheet shows it: its scale, and the option that was chosen."""

    item: Item
    scale: Scale
    chosen: str | None


@dataclass(frozen=True, slots=True)
class Part:
    """The questions of one dimension on a sheet."""

    dimension: Dimension
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet; ``place`` counts from 1 to ``of``."""

    place: int
    of: int
    parts: tuple[Part, ...]

    @property
    def item_ids(self) -> set[str]:
        """The items that it asks."""
        return {question.item.id for part in self.parts for question in part.questions}


def sheets(questionnaire: Questionnaire) -> tuple[tuple[str, ...], ...]:
    """The dimensions of each sheet: whole dimensions, ``MOST_ITEMS`` items at most where they allow it."""
    made: list[list[str]] = [[]]
    count = 0
    for dimension in questionnaire.dimensions:
        items = sum(item.dimension == dimension.id for item in questionnaire.items)
        if made[-1] and count + items > MOST_ITEMS:
            made.append([])
            count = 0
        made[-1].append(dimension.id)
        count += items
    return tuple(tuple(one) for one in made)


def sheet(questionnaire: Questionnaire, place: int, answers: Mapping[str, str]) -> Sheet:
    """The sheet at ``place`` (the nearest one where there is none), with the questions that ``answers`` lead to."""
    cut = sheets(questionnaire)
    place = min(max(place, 1), len(cut))
    asked = questionnaire.asked(answers)
    parts = tuple(
        Part(dimension, questions)
        for dimension in questionnaire.dimensions
        if dimension.id in cut[place - 1] and (questions := tuple(_questions(questionnaire, dimension, asked, answers)))
    )
    return Sheet(place, len(cut), parts)


def first_open(questionnaire: Questionnaire, answers: Mapping[str, str]) -> int:
    """The first sheet with a question that is not answered; the last where all are."""
    missing = {item.dimension for item in questionnaire.asked(answers) if item.id not in answers}
    cut = sheets(questionnaire)
    return next((place for place, dimensions in enumerate(cut, 1) if missing & set(dimensions)), len(cut))


def _questions(
    questionnaire: Questionnaire, dimension: Dimension, asked: Sequence[Item], answers: Mapping[str, str]
) -> list[Question]:
    return [
        Question(item, questionnaire.scale(item), answers.get(item.id))
        for item in asked
        if item.dimension == dimension.id
    ]
