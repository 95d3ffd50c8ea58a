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


class LevelOut(Schema):
    """A level of progress; ``done``: nothing is left to do."""

    id: str
    name: str
    needs_reason: bool
    done: bool


class MeasureOut(Schema):
    """A measure; ``level`` is null where it is not known, and ``known`` says why.

    The level is that of ``review``, by ``source``; ``done`` is null where it is not known, or where the programme has
    no level that means it.
    """

    number: int
    label: str
    dimension: str
    workstreams: list[str]
    responsible: list[str]
    known: str
    level: str | None
    level_name: str
    done: bool | None
    reason: str
    evidence: list[str]
    review: date | None
    source: str | None
    expected: bool
    first_effects: date | None
    full_effects: date | None


class ReviewOut(Schema):
    """A review that stood on the day; ``corrects`` names the one that it puts right.

    ``totals``, by level, are all that some reviews publish: null for the others.
    """

    id: str
    day: date
    corrects: str | None
    note: str
    mention: str
    totals: dict[str, int] | None


class ProgrammeStateOut(Schema):
    """A programme as of a day: its levels from the best, totals by level, what should show effects, each measure.

    ``done`` counts the measures at levels that mean so: null where the programme has none.
    """

    programme: str
    title: str
    published: date
    as_of: date
    levels: list[LevelOut]
    totals: dict[str, int]
    done: int | None
    unpublished: int
    not_reviewed: int
    expected: list[int]
    measures: list[MeasureOut]
    reviews: list[ReviewOut]
    mention: str


class StepsOut(Schema):
    """What amounts in one currency add up to at each step: an amount paid stays promised and asked where told so.

    A step of which no amount is told is null: that is not zero.
    """

    currency: str
    asked: float | None
    promised: float | None
    paid: float | None


class SumOut(StepsOut):
    """The same for one value of a cut; ``key`` is null for the amounts that do not tell it."""

    key: str | None


class AmountOut(Schema):
    """An amount in ``currency`` (ISO 4217) of ``year``; ``effects`` are addresses of what it made possible."""

    amount: float
    currency: str
    year: int
    step: str
    funder: str
    device: str
    territory: str | None
    pillar: str | None
    effects: list[str]
    source: str


class ExcessOut(Schema):
    """More paid than promised, or promised than asked."""

    funder: str
    device: str
    currency: str
    step: str
    amount: float
    before: float


class PrintedTotalOut(Schema):
    """A total that a source prints, as printed."""

    subject: str
    name: str
    value: float
    unit: str
    part_of: str | None
    source: str


class DisagreementOut(Schema):
    """Printed totals that cannot all be right; ``same_value``: one value under several names."""

    subject: str
    same_value: bool
    figures: list[PrintedTotalOut]


class PartsOut(Schema):
    """What the printed parts of a subject add up to; ``same`` are the printed totals that this is, ``other`` not."""

    subject: str
    value: float
    unit: str
    same: list[PrintedTotalOut]
    other: list[PrintedTotalOut]


class PillarOut(Schema):
    """A pillar by which amounts are sorted."""

    id: str
    name: str
    gives: str


class MoneyOut(Schema):
    """The money of a programme; ``sums`` are by funder, device, territory, pillar and year."""

    programme: str
    title: str
    mention: str
    totals: list[StepsOut]
    sums: dict[str, list[SumOut]]
    amounts: list[AmountOut]
    excesses: list[ExcessOut]
    figures: list[PrintedTotalOut]
    disagreements: list[DisagreementOut]
    parts: list[PartsOut]
    pillars: list[PillarOut]
