"""The case study of a partnership: what an association, a company or a local authority tells so that others dare."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class Partner:
    """One of those who made the alliance. ``kind`` is a partner kind of the vocabulary, None where not known.

    ``doubtful`` marks a name whose reading in the source is not sure.
    """

    name: str
    kind: str | None = None
    role: str = ""
    siren: str | None = None
    doubtful: bool = False


@dataclass(frozen=True, slots=True)
class Impact:
    """What changed, in one of the three impacts, and the kind of proof that it has (both from the vocabulary)."""

    impact: str
    claim: str
    proof: str


@dataclass(frozen=True, slots=True)
class Story:
    """The five parts of the story, in plain text; empty where not told."""

    need: str = ""
    alliance: str = ""
    steps: str = ""
    results: str = ""
    learnt: str = ""


@dataclass(frozen=True, slots=True)
class Case:
    """A case study as search, matching and exports read it; ``id`` is its lasting number.

    Words are identifiers of the kernel's vocabularies; ``territories`` are identifiers of the COG (REG-53), never
    empty strings. ``cited`` marks what the report only names: to be completed. ``contact`` is None without consent.
    """

    id: str
    title: str
    language: str = "fr"
    summary: str = ""
    story: Story = Story()
    partners: tuple[Partner, ...] = ()
    domains: tuple[str, ...] = ()
    goals: tuple[str, ...] = ()
    territories: tuple[str, ...] = ()
    scale: str | None = None
    alliance_type: str | None = None
    trade: str | None = None
    stage: str | None = None
    lever: str | None = None  # vision, action or management first
    begun: date | None = None
    ended: date | None = None
    means: dict[str, str] = field(default_factory=dict)  # money, time, skills: in words
    impacts: tuple[Impact, ...] = ()
    sources: tuple[str, ...] = ()
    contact: str | None = None
    licence: str = "etalab-2.0"
    cited: bool = False
    published: date | None = None
    checked: date | None = None  # when someone last made sure that it is still so
    version: str = ""  # of what is published: another one where anything said has changed
