"""What a partner answers to a round of evaluation: claims with their proof, a story, counts, indicators."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Measured:
    """An indicator of a process: where it stood, what is aimed at, what was measured since, by day."""

    name: str
    unit: str
    baseline: float
    target: float
    measures: Mapping[date, float]


@dataclass(frozen=True, slots=True)
class Claim:
    """What a partner says of one impact: a ``mark`` from 1 to 5, and the kind of proof that it has."""

    mark: int
    proof: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """A partner's answer to a round: a claim for each impact and what its stage asks for."""

    partner: str
    claims: Mapping[str, Claim]
    story: str = ""
    members: int | None = None
    uses: int | None = None
    indicators: tuple[Measured, ...] = ()
