"""Rows of a file to cases: those that can be read, and why the others cannot. A row is taken whole or not at all."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
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

from .case import Case, Impact, Partner, Story
from .cells import Refused, Vocabulary, one_line, paragraphs, place_in
from .mapping import FIELDS, LONGEST, MOST, STORY, CaseMapping, ImpactRule, PartnerRule, Rule, Told
from .siren import is_siren

Row = tuple[int, Mapping[str, str]]
"""The number of a row in its file, and its cells by the name of their column; no cell is None."""

_PARTS: Final = ("need", "alliance", "steps", "results", "learnt")
_MEANS: Final = ("money", "time", "skills")
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


def read_cases(rows: Iterable[Row], mapping: CaseMapping, cog: Cog) -> Iterator[Case | tuple[Rejected, ...]]:
    """Each row as a case, whose ``id`` is what the mapping's column says, or as all that is wrong with it.

    The mapping has the field ``title``, and the rows every column that it names.
    """
    reader = _Reader(mapping, cog)
    for number, cells in rows:
        yield reader.read(number, cells)


@dataclass
class _Reader:
    """Reads rows one after another; what a label means is looked up once."""

    mapping: CaseMapping
    cog: Cog
    seen: dict[str, int] = field(default_factory=dict)
    places: dict[tuple[str, str | None, str | None], str | Refused] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.words = {name: Vocabulary(tuple(words())) for name, words in VOCABULARIES.items()}

    def read(self, number: int, cells: Mapping[str, str]) -> Case | tuple[Rejected, ...]:
        found = _RowReader(self, number, cells)
        case = found.case()
        return tuple(found.wrong) if found.wrong else case

    def place(self, label: str, rule: Rule) -> str | Refused:
        key = (label, rule.level, rule.within)
        if key not in self.places:
            self.places[key] = place_in(self.cog, label, rule.level, rule.within)
        return self.places[key]


@dataclass
class _RowReader:
    """One row; ``wrong`` gathers all that is wrong with it."""

    reader: _Reader
    number: int
    cells: Mapping[str, str]
    wrong: list[Rejected] = field(default_factory=list)

    def case(self) -> Case:
        mapping = self.reader.mapping
        told: dict[str, Any] = {}
        for name, kind in FIELDS.items():
            rule = mapping.fields.get(name)
            if rule is not None:
                told[name] = self.told(name, kind, rule)
        id = self.identifier()
        if not told.get("title"):
            title = mapping.fields["title"].column
            if not any(item.column == title for item in self.wrong):
                self.refuse(title, "", Message("the case has no title"), Message("give it one"))
        begun, ended = told.get("begun"), told.get("ended")
        if begun and ended and ended < begun:
            self.refuse(
                mapping.fields["ended"].column, ended.isoformat(), Message("it ends before it begins"),
                Message("correct one of the two dates; it begins on {day}", day=begun.isoformat()),
            )  # fmt: skip
        return Case(
            id=id,
            title=told.get("title") or "",
            language=mapping.language,
            summary=told.get("summary") or "",
            story=Story(**{part: told.get(part) or "" for part in _PARTS}),
            partners=tuple(item for rule in mapping.partners for item in self.partners(rule)),
            domains=told.get("domains") or (),
            goals=told.get("goals") or (),
            territories=told.get("territories") or (),
            scale=told.get("scale"),
            alliance_type=told.get("alliance_type"),
            trade=told.get("trade"),
            stage=told.get("stage"),
            lever=told.get("lever"),
            begun=begun,
            ended=ended,
            means={name: told[name] for name in _MEANS if told.get(name)},
            impacts=tuple(item for rule in mapping.impacts for item in self.impacts(rule)),
            sources=told.get("sources") or (),
            licence=told.get("licence") or "etalab-2.0",
            checked=told.get("checked"),
        )

    def identifier(self) -> str:
        column, seen = self.reader.mapping.id, self.reader.seen
        id = one_line(self.cells[column])
        if not id:
            self.refuse(
                column, "", Message("the row has no identifier"),
                Message("give it one: it tells the same case again at the next import"),
            )  # fmt: skip
        elif len(id) > LONGEST["title"]:
            self.too_long(column, id, LONGEST["title"])
        elif id in seen:
            self.refuse(
                column, id, Message("the identifier stands twice: in row {row} too", row=seen[id]),
                Message("keep one of the two rows, or give each its own identifier"),
            )  # fmt: skip
        else:
            seen[id] = self.number
        return id

    def told(self, name: str, kind: Told, rule: Rule) -> Any:
        match kind:
            case Told.LINE | Told.TEXT:
                return self.text(name, rule, STORY if name in _PARTS else LONGEST[name], lines=kind is Told.TEXT)
            case Told.WORD:
                return next(iter(self.vocabulary(name, rule, one=True)), None)
            case Told.WORDS:
                return self.vocabulary(name, rule)
            case Told.PLACES:
                return self.territories(rule)
            case Told.DATE:
                return self.day(rule)
            case Told.LINES:
                return self.lines(rule)

    def text(self, name: str, rule: Rule, most: int, *, lines: bool) -> str:
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
        known, found = self.reader.words[name], dict[str, None]()
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
        found = dict[str, None]()
        for label in self.items(rule):
            place = self.reader.place(rule.values.get(label, label), rule)
            if isinstance(place, str):
                found[place] = None
            elif not rule.drop:
                self.refuse(rule.column, label, place.reason, place.remedy)
        return tuple(found)

    def day(self, rule: Rule) -> date | None:
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
        items = self.items(rule)
        for item in items:
            if len(item) > LONGEST["source"]:
                self.too_long(rule.column, item, LONGEST["source"])
        return items

    def partners(self, rule: PartnerRule) -> Iterator[Partner]:
        split = Rule(rule.name.column, rule.name.constant, rule.separator)
        names = self.items(split, keep_empty=True)
        columns: dict[str, tuple[str, ...]] = {}
        for key in ("kind", "role", "siren"):
            given: Rule | None = getattr(rule, key)
            if given is not None:
                parts = self.items(Rule(given.column, given.constant, rule.separator), keep_empty=True)
                # one word for all, or one for each
                columns[key] = parts * len(names) if len(parts) == 1 else parts
                if len(parts) > 1 and len(parts) != len(names):
                    self.refuse(
                        given.column, self.raw(given), Message("not as many as there are partners"),
                        Message("give one for all, or one for each of the {count}", count=len(names)),
                    )  # fmt: skip
                    return
        for at, name in enumerate(names):
            if not name:
                continue
            if len(name) > LONGEST["name"]:
                self.too_long(rule.name.column, name, LONGEST["name"])
            here = {key: parts[at] if at < len(parts) else "" for key, parts in columns.items()}
            yield Partner(name, self.kind(rule.kind, here), self.role(rule.role, here), self.siren(rule.siren, here))

    def kind(self, rule: Rule | None, here: Mapping[str, str]) -> str | None:
        label = here.get("kind", "")
        if rule is None or not label:
            return None
        found = self.reader.words["kind"].id_of(rule.values.get(label, label))
        if found is None and not rule.drop:
            near = self.reader.words["kind"].near(label)
            self.refuse(
                rule.column, label, Message("no kind of partner"),
                Message("say in `values` what it means, or correct it; near it: {near}", near=near),
            )  # fmt: skip
        return found

    def role(self, rule: Rule | None, here: Mapping[str, str]) -> str:
        text = here.get("role", "")
        if rule is not None and len(text) > LONGEST["role"]:
            self.too_long(rule.column, text, LONGEST["role"])
        return text

    def siren(self, rule: Rule | None, here: Mapping[str, str]) -> str | None:
        text = "".join(here.get("siren", "").split())
        if rule is None or not text:
            return None
        if not is_siren(text):
            self.refuse(
                rule.column, text, Message("not a SIREN number: nine digits, of which the last checks the others"),
                Message("correct the number, or leave it out"),
            )  # fmt: skip
        return text

    def impacts(self, rule: ImpactRule) -> Iterator[Impact]:
        claim = self.text("claim", rule.claim, LONGEST["claim"], lines=True)
        if claim:
            proof = "" if rule.proof is None else next(iter(self.vocabulary("proof", rule.proof, one=True)), "")
            yield Impact(rule.impact, claim, proof)

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
        if rule.column is not None:
            return self.cells[rule.column]
        return rule.constant if isinstance(rule.constant, str) else ""

    def too_long(self, column: str | None, text: str, most: int) -> None:
        self.refuse(
            column, text, Message("{count} characters, more than {most}", count=len(text), most=most),
            Message("shorten it, map it to a part of the story, or write `cut: true`"),
        )  # fmt: skip

    def refuse(self, column: str | None, value: str, reason: Message, remedy: Message) -> None:
        self.wrong.append(Rejected(self.number, column, value, reason, remedy))


def _listed(raw: str) -> list[str] | None:
    """The texts of a list in JSON; None where it is none. What is not a text (nested records) is no label."""
    try:
        found = json.loads(raw)
    except (ValueError, RecursionError):
        return None
    return [item for item in found if isinstance(item, str)] if isinstance(found, list) else None
