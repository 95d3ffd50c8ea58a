"""How the columns of a file tell cases: which column, or which constant, gives each field, and how it is read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final


class Told(StrEnum):
    """What a field of a case is read as."""

    LINE = "line"  # text on one line
    TEXT = "text"  # paragraphs
    WORD = "word"  # one word of a vocabulary
    WORDS = "words"
    PLACES = "places"
    DATE = "date"
    LINES = "lines"


FIELDS: Final[Mapping[str, Told]] = {
    "title": Told.LINE,
    "summary": Told.TEXT,
    "need": Told.TEXT,
    "alliance": Told.TEXT,
    "steps": Told.TEXT,
    "results": Told.TEXT,
    "learnt": Told.TEXT,
    "domains": Told.WORDS,
    "goals": Told.WORDS,
    "territories": Told.PLACES,
    "scale": Told.WORD,
    "alliance_type": Told.WORD,
    "trade": Told.WORD,
    "stage": Told.WORD,
    "lever": Told.WORD,
    "begun": Told.DATE,
    "ended": Told.DATE,
    "money": Told.LINE,
    "time": Told.LINE,
    "skills": Told.LINE,
    "sources": Told.LINES,
    "licence": Told.LINE,
    "checked": Told.DATE,
}
"""The fields that a file may tell. A contact is not among them: it is personal, and no file carries a consent."""

LONGEST: Final[Mapping[str, int]] = {
    "title": 200,
    "summary": 1_000,
    "money": 300,
    "time": 300,
    "skills": 300,
    "licence": 40,
    "name": 200,
    "role": 200,
    "claim": 1_000,
    "source": 2_000,
}
"""Characters that a text may have; ``STORY`` for the parts of the story."""

STORY: Final = 20_000
"""Characters of a part of the story."""

MOST: Final = 50
"""Items of a list."""


@dataclass(frozen=True, slots=True)
class Rule:
    """Where a value comes from: ``column``, or a ``constant`` that is the same for every case.

    ``separator`` parts a list, ``values`` are what labels of the file mean; ``drop`` leaves out the labels that mean
    nothing, in place of refusing the row. ``date`` is how dates are written (as ``strptime``; ISO 8601 where None),
    ``cut`` shortens a text that is too long. ``level`` and ``within`` tell which territories a name can mean.
    """

    column: str | None = None
    constant: str | tuple[str, ...] | None = None
    separator: str | None = None
    values: Mapping[str, str] = field(default_factory=dict)
    drop: bool = False
    date: str | None = None
    cut: bool = False
    level: str | None = None
    within: str | None = None


@dataclass(frozen=True, slots=True)
class PartnerRule:
    """Where one partner of each case comes from, or several: ``separator`` parts the names in a cell."""

    name: Rule
    kind: Rule | None = None
    role: Rule | None = None
    siren: Rule | None = None
    separator: str | None = None


@dataclass(frozen=True, slots=True)
class ImpactRule:
    """Where what changed in one of the three impacts is told, and the kind of proof of it."""

    impact: str
    claim: Rule
    proof: Rule | None = None


@dataclass(frozen=True, slots=True)
class CaseMapping:
    """What a mapping file says. ``origin`` and the column ``id`` tell the same case again at the next import."""

    origin: str
    id: str
    fields: Mapping[str, Rule]
    partners: tuple[PartnerRule, ...] = ()
    impacts: tuple[ImpactRule, ...] = ()
    language: str = "fr"
    sheet: str | None = None
    encoding: str | None = None
    delimiter: str | None = None

    @property
    def columns(self) -> dict[str, str]:
        """Every column that the mapping names → the key that names it."""
        named = {self.id: "id"}
        for key, rule in self._rules():
            if rule.column is not None:
                named.setdefault(rule.column, key)
        return named

    def _rules(self) -> Iterator[tuple[str, Rule]]:
        for name, rule in self.fields.items():
            yield f"fields/{name}", rule
        for at, partner in enumerate(self.partners):
            for name in ("name", "kind", "role", "siren"):
                found = getattr(partner, name)
                if found is not None:
                    yield f"partners/{at}/{name}", found
        for at, impact in enumerate(self.impacts):
            yield f"impacts/{at}/claim", impact.claim
            if impact.proof is not None:
                yield f"impacts/{at}/proof", impact.proof
