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
    workstreams: list[str]
    responsible: list[str]
    known: str
    level: str | None
    level_name: str
    reason: str
    evidence: list[str]
    review: date | None
    expected: bool
    first_effects: date | None
    full_effects: date | None


class ReviewOut(Schema):
    """A review that stood on the day; ``corrects`` names the one that it puts right."""

    id: str
    day: date
    corrects: str | None
    note: str
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


class StepsOut(Schema):
    """What amounts in one currency add up to at each step: an amount paid stays promised and asked where told so."""

    currency: str
    asked: float
    promised: float
    paid: float


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
