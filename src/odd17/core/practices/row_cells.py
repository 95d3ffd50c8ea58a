"""The cells of a row, each read as its field is told: a text, words of a vocabulary, places, a day.

What cannot be read is gathered, with what to do about it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final

from odd17.core.kernel import (
    Message,
    alliance_types,
    domains,
    goals,
    levers,
    partner_kinds,
    proofs,
    scales,
    stages,
    trades,
)
from odd17.core.territories import Cog

from .cells import Refused, Vocabulary, one_line, paragraphs, place_in
from .mapping import LONGEST, MOST, Rule

VOCABULARIES: Final[Mapping[str, Callable[[], tuple[Any, ...]]]] = {
    "domains": domains,
    "goals": goals,
    "scale": scales,
    "alliance_type": alliance_types,
    "trade": trades,
    "stage": stages,
    "lever": levers,
    "kind": partner_kinds,
    "proof": proofs,
}
"""The words that each field may have."""


@dataclass(frozen=True, slots=True)
class Rejected:
    """Why a row is not taken: one cell of it (``column``, None: the row as a whole) and what to do about it."""

    row: int
    column: str | None
    value: str
    reason: Message
    remedy: Message


@dataclass
class Labels:
    """What labels mean: words of the vocabularies, and places, each looked up once for all rows."""

    cog: Cog
    places: dict[tuple[str, str | None, str | None], str | Refused] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.words = {name: Vocabulary(tuple(words())) for name, words in VOCABULARIES.items()}

    def place(self, label: str, rule: Rule) -> str | Refused:
        """The territory that ``label`` names under ``rule``, or why there is none."""
        key = (label, rule.level, rule.within)
        if key not in self.places:
            self.places[key] = place_in(self.cog, label, rule.level, rule.within)
        return self.places[key]


@dataclass
class RowCells:
    """One row: its number, its cells, and in ``wrong`` all that cannot be read of it."""

    labels: Labels
    number: int
    cells: Mapping[str, str]
    wrong: list[Rejected] = field(default_factory=list)

    def text(self, name: str, rule: Rule, most: int, *, lines: bool) -> str:
        """A text of at most ``most`` characters, in one line or in paragraphs."""
        raw = self.raw(rule)
        text = paragraphs(raw) if lines else one_line(raw)
        text = rule.values.get(text, text)
        if len(text) <= most:
            return text
        if rule.cut:
            return f"{text[: most - 1].rsplit(None, 1)[0]}…"
        self.too_long(rule.column, text, most)
        return ""

    def vocabulary(self, name: str, rule: Rule, *, one: bool = False) -> tuple[str, ...]:
        """The words of the vocabulary ``name`` that the cell has."""
        known, found = self.labels.words[name], dict[str, None]()
        for label in self.items(rule, one=one):
            id = known.id_of(rule.values.get(label, label))
            if id is not None:
                found[id] = None
            elif not rule.drop:
                self.refuse(
                    rule.column, label, Message("no word of the vocabulary"),
                    Message("say in `values` what it means, or correct it; near it: {near}", near=known.near(label)),
                )  # fmt: skip
        return tuple(found)

    def territories(self, rule: Rule) -> tuple[str, ...]:
        """The territories that the cell names."""
        found = dict[str, None]()
        for label in self.items(rule):
            place = self.labels.place(rule.values.get(label, label), rule)
            if isinstance(place, str):
                found[place] = None
            elif not rule.drop:
                self.refuse(rule.column, label, place.reason, place.remedy)
        return tuple(found)

    def day(self, rule: Rule) -> date | None:
        """The day that the cell tells; None where it is empty."""
        text = one_line(self.raw(rule))
        if not text:
            return None
        try:
            found = date.fromisoformat(text) if rule.date is None else datetime.strptime(text, rule.date).date()  # noqa: DTZ007 - a day
        except ValueError:
            self.refuse(
                rule.column, text, Message("not a date"),
                Message("write dates as 2024-05-31, or say in `date` how they are written"),
            )  # fmt: skip
            return None
        if not 1800 <= found.year <= 2200:
            self.refuse(rule.column, text, Message("not a year of a practice"), Message("correct the date"))
            return None
        return found

    def lines(self, rule: Rule) -> tuple[str, ...]:
        """The items of the cell, none longer than a source may be."""
        items = self.items(rule)
        for item in items:
            if len(item) > LONGEST["source"]:
                self.too_long(rule.column, item, LONGEST["source"])
        return items

    def items(self, rule: Rule, *, one: bool = False, keep_empty: bool = False) -> tuple[str, ...]:
        """The items of a cell: of a list in JSON, else parted by the separator, else the cell."""
        if isinstance(rule.constant, tuple):
            return rule.constant
        raw = self.raw(rule)
        parts = _listed(raw) if rule.column is not None and raw.startswith("[") else None
        if parts is None:
            parts = [raw] if one or rule.separator is None else raw.split(rule.separator)
        items = [one_line(part) for part in parts]
        kept = items if keep_empty and any(items) else [item for item in items if item]
        if len(kept) > MOST:
            self.refuse(
                rule.column, raw, Message("{count} items, more than {most}", count=len(kept), most=MOST),
                Message("correct the cell, or the `separator`"),
            )  # fmt: skip
        return tuple(kept if keep_empty else dict.fromkeys(kept))

    def raw(self, rule: Rule) -> str:
        """The cell, or what the mapping says in its place."""
        if rule.column is not None:
            return self.cells[rule.column]
        return rule.constant if isinstance(rule.constant, str) else ""

    def too_long(self, column: str | None, text: str, most: int) -> None:
        """Refuse a text of more than ``most`` characters."""
        self.refuse(
            column, text, Message("{count} characters, more than {most}", count=len(text), most=most),
            Message("shorten it, map it to a part of the story, or write `cut: true`"),
        )  # fmt: skip

    def refuse(self, column: str | None, value: str, reason: Message, remedy: Message) -> None:
        """Note what is wrong with a cell of the row, or with the row."""
        self.wrong.append(Rejected(self.number, column, value, reason, remedy))


def _listed(raw: str) -> list[str] | None:
    """The texts of a list in JSON; None where it is none. What is not a text (nested records) is no label."""
    try:
        found = json.loads(raw)
    except (ValueError, RecursionError):
        return None
    return [item for item in found if isinstance(item, str)] if isinstance(found, list) else None
