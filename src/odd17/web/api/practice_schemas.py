"""The shapes of the API's answers about practices, those of ``publishing.practice_payload``."""

from __future__ import annotations

from ninja import Schema


class NamedOut(Schema):
    """A word of a vocabulary: its identifier, and its name in the language asked."""

    id: str
    name: str


class PartnerOut(Schema):
    """One of those who made the alliance; ``doubtful`` where the source's reading of the name is not sure."""

    name: str
    kind: NamedOut | None
    role: str
    siren: str | None
    doubtful: bool


class ImpactOut(Schema):
    """What changed, and the kind of proof that it has."""

    impact: NamedOut | None
    claim: str
    proof: NamedOut | None


class StoryOut(Schema):
    """The five parts of the story; empty where not told."""

    need: str
    alliance: str
    steps: str
    results: str
    learnt: str


class MeansOut(Schema):
    """The means, in words; empty where not told."""

    money: str
    time: str
    skills: str


class CompleteOut(Schema):
    """How many pieces of a whole practice are told, and which are missing."""

    present: int
    total: int
    missing: list[str]


class PracticeOut(Schema):
    """A practice. ``contact`` is null where nobody agreed to be named, or no longer does. ``path`` is its page."""

    id: str
    title: str
    language: str
    summary: str
    story: StoryOut
    partners: list[PartnerOut]
    domains: list[NamedOut]
    goals: list[NamedOut]
    territories: list[NamedOut]
    scale: NamedOut | None
    alliance_type: NamedOut | None
    family: NamedOut | None
    trade: NamedOut | None
    stage: NamedOut | None
    lever: NamedOut | None
    begun: str | None
    ended: str | None
    means: MeansOut
    impacts: list[ImpactOut]
    sources: list[str]
    contact: str | None
    licence: str
    cited: bool
    published: str | None
    checked: str | None
    stale: bool
    complete: CompleteOut
    path: str


class PracticesOut(Schema):
    """The practices found. ``facets`` count them by each value of each filter, under the other filters.

    A base of practices is no census: these counts measure nothing of a place. ``corrected`` are words that no practice
    has, each with those searched in its stead.
    """

    total: int
    page: int
    limit: int
    corrected: dict[str, list[str]]
    facets: dict[str, dict[str, int]]
    practices: list[PracticeOut]
