"""How complete a case is, and how fresh: what a reader sees beside it, and an editor is asked for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from .case import Case

STALE_MONTHS: Final = 24
"""Months after which a case that nobody has made sure of again is marked."""


class Piece(StrEnum):
    """What a whole case has."""

    SUMMARY = "summary"
    NEED = "need"
    ALLIANCE = "alliance"
    STEPS = "steps"
    RESULTS = "results"
    LEARNT = "learnt"
    PARTNERS = "partners"  # two at least: alone is no alliance
    DOMAINS = "domains"
    GOALS = "goals"
    TERRITORIES = "territories"
    SCALE = "scale"
    TYPE = "type"
    STAGE = "stage"
    DATES = "dates"
    MEANS = "means"
    PROOF = "proof"  # an impact with its kind of proof
    SOURCES = "sources"


_PRESENT: Final[dict[Piece, Callable[[Case], bool]]] = {
    Piece.SUMMARY: lambda case: bool(case.summary),
    Piece.NEED: lambda case: bool(case.story.need),
    Piece.ALLIANCE: lambda case: bool(case.story.alliance),
    Piece.STEPS: lambda case: bool(case.story.steps),
    Piece.RESULTS: lambda case: bool(case.story.results),
    Piece.LEARNT: lambda case: bool(case.story.learnt),
    Piece.PARTNERS: lambda case: len(case.partners) > 1,
    Piece.DOMAINS: lambda case: bool(case.domains),
    Piece.GOALS: lambda case: bool(case.goals),
    Piece.TERRITORIES: lambda case: bool(case.territories),
    Piece.SCALE: lambda case: case.scale is not None,
    Piece.TYPE: lambda case: case.alliance_type is not None,
    Piece.STAGE: lambda case: case.stage is not None,
    Piece.DATES: lambda case: case.begun is not None,
    Piece.MEANS: lambda case: bool(case.means),
    Piece.PROOF: lambda case: any(impact.proof for impact in case.impacts),
    Piece.SOURCES: lambda case: bool(case.sources),
}


@dataclass(frozen=True, slots=True)
class Completeness:
    """``present`` of ``total`` pieces; ``missing`` are the others, in the order in which one tells a case."""

    present: int
    total: int
    missing: tuple[Piece, ...]


def completeness(case: Case) -> Completeness:
    """Which pieces a case has.

    >>> completeness(Case(id="1", title="A", summary="B")).present
    1
    """
    missing = tuple(piece for piece in Piece if not _PRESENT[piece](case))
    return Completeness(len(Piece) - len(missing), len(Piece), missing)


def sure_on(case: Case) -> date | None:
    """The last day on which someone made sure of the case: when it was checked, else published."""
    return case.checked or case.published


def is_stale(case: Case, day: date) -> bool:
    """Whether on ``day`` nobody has made sure of the case for ``STALE_MONTHS`` months, or ever.

    >>> is_stale(Case(id="1", title="A", checked=date(2024, 11, 25)), date(2026, 11, 24))
    False
    >>> is_stale(Case(id="1", title="A", checked=date(2024, 11, 25)), date(2026, 11, 25))
    True
    """
    last = sure_on(case)
    if last is None:
        return True
    months = (day.year - last.year) * 12 + day.month - last.month - (day.day < last.day)
    return months >= STALE_MONTHS
