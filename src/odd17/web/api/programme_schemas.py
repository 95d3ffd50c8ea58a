"""The shapes of the API's answers about programmes, those of ``workflows.programmes``."""

from __future__ import annotations

from datetime import date

from ninja import Schema


class ProgrammeOut(Schema):
    """A programme: when it was published, and how many measures it has."""

    id: str
    title: str
    published: date
    measures: int
    mention: str


class MeasureOut(Schema):
    """A measure; ``level`` is null where it is not known, and ``known`` says why."""

    number: int
    label: str
    dimension: str
    known: str
    level: str | None
    level_name: str
    reason: str
    review: date | None
    expected: bool
    first_effects: date | None
    full_effects: date | None


class ReviewOut(Schema):
    """A review that stood on the day; ``corrects`` names the one that it puts right."""

    id: str
    day: date
    corrects: str | None
    mention: str


class ProgrammeStateOut(Schema):
    """A programme as of a day: totals by level, what should show effects, each measure."""

    programme: str
    title: str
    published: date
    as_of: date
    totals: dict[str, int]
    unpublished: int
    not_reviewed: int
    expected: list[int]
    measures: list[MeasureOut]
    reviews: list[ReviewOut]
    mention: str
