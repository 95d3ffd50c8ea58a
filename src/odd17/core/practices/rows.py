"""Rows of a file to cases: those that can be read, and why the others cannot. A row is taken whole or not at all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from odd17.core.kernel import Message
from odd17.core.territories import Cog

from .case import Case, Impact, Partner, Story
from .cells import one_line
from .mapping import FIELDS, LONGEST, STORY, CaseMapping, ImpactRule, PartnerRule, Rule, Told
from .row_cells import Labels, Rejected, RowCells
from .siren import is_siren

Row = tuple[int, Mapping[str, str]]
"""The number of a row in its file, and its cells by the name of their column; no cell is None."""

_PARTS: Final = ("need", "alliance", "steps", "results", "learnt")
_MEANS: Final = ("money", "time", "skills")


def read_cases(rows: Iterable[Row], mapping: CaseMapping, cog: Cog) -> Iterator[Case | tuple[Rejected, ...]]:
    """Each row as a case, whose ``id`` is what the mapping's column says, or as all that is wrong with it.

    The mapping has the field ``title``, and the rows every column that it names.
    """
    labels, seen = Labels(cog), dict[str, int]()
    for number, cells in rows:
        row = _Row(labels, number, cells, seen=seen)
        case = row.case(mapping)
        yield tuple(row.wrong) if row.wrong else case


@dataclass
class _Row(RowCells):
    """One row as a case; ``seen`` are the identifiers of the rows before, with their numbers."""

    seen: dict[str, int] = field(default_factory=dict)

    def case(self, mapping: CaseMapping) -> Case:
        told: dict[str, Any] = {}
        for name, kind in FIELDS.items():
            rule = mapping.fields.get(name)
            if rule is not None:
                told[name] = self.told(name, kind, rule)
        id = self.identifier(mapping.id)
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

    def identifier(self, column: str) -> str:
        id = one_line(self.cells[column])
        if not id:
            self.refuse(
                column, "", Message("the row has no identifier"),
                Message("give it one: it tells the same case again at the next import"),
            )  # fmt: skip
        elif len(id) > LONGEST["title"]:
            self.too_long(column, id, LONGEST["title"])
        elif id in self.seen:
            self.refuse(
                column, id, Message("the identifier stands twice: in row {row} too", row=self.seen[id]),
                Message("keep one of the two rows, or give each its own identifier"),
            )  # fmt: skip
        else:
            self.seen[id] = self.number
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
        found = self.labels.words["kind"].id_of(rule.values.get(label, label))
        if found is None and not rule.drop:
            near = self.labels.words["kind"].near(label)
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
