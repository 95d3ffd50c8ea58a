"""Rows of a file to entries of the directory: those that can be kept, and all that is wrong with the others."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final

from odd17.core.kernel import Message, domains, trades
from odd17.core.practices.cells import Vocabulary, one_line, paragraphs
from odd17.core.practices.mapping import CaseMapping, Rule
from odd17.core.practices.row_cells import Rejected
from odd17.core.practices.rows import Row
from odd17.core.resources.access import services
from odd17.core.resources.catalyst_brought import BroughtCatalyst
from odd17.core.resources.catalyst_personal import personal_in
from odd17.core.resources.catalyst_places import Covered, NoPlace
from odd17.core.resources.catalyst_words import kinds, languages
from odd17.core.resources.catalysts import Catalyst, Kind

FIELDS: Final = (
    "name", "kind", "summary", "trades", "domains", "territories", "services", "languages", "practices", "source",
    "contact", "email", "consented",
)  # fmt: skip
"""The fields that a file may tell; where no mapping is given, the names of its columns, beside ``id``."""

_LONGEST: Final = {"name": 200, "summary": 1000, "source": 2000, "contact": 200, "email": 254}
_MOST: Final = 100
_WORDS: Final[Mapping[str, Callable[[], tuple[Any, ...]]]] = {
    "kind": kinds,
    "trades": trades,
    "domains": domains,
    "services": services,
    "languages": languages,
}
_EMAIL: Final = re.compile(r"[^@\s,;<>\"]+@[^@\s,;<>\"]+\.[^@\s,;<>\".]+")

PlaceOf = Callable[[str], Covered | NoPlace]
Carried = tuple[int, str, tuple[str, ...]]  # the row, what it says, the territories of today


def read_rows(
    rows: Iterable[Row], mapping: CaseMapping, *, place: PlaceOf, today: date, carried: list[Carried]
) -> Iterator[BroughtCatalyst | tuple[Rejected, ...]]:
    """Each row as an entry, or as all that is wrong with it; ``carried`` fills with the codes of an older vintage.

    A row that names a person or an address has the day of their consent, not after ``today``. One without consent
    needs a source that cites it, and names nobody.
    """
    words = {name: Vocabulary(known()) for name, known in _WORDS.items()}
    seen: dict[str, int] = {}
    for number, cells in rows:
        reader = _Row(number, cells, mapping, words, place, today)
        found = reader.entry(seen)
        if reader.wrong:
            yield tuple(reader.wrong)
            continue
        carried.extend(reader.carried)
        yield found


@dataclass
class _Row:
    number: int
    cells: Mapping[str, str]
    mapping: CaseMapping
    words: Mapping[str, Vocabulary]
    place: PlaceOf
    today: date
    wrong: list[Rejected] = field(default_factory=list)
    carried: list[Carried] = field(default_factory=list)

    def entry(self, seen: dict[str, int]) -> BroughtCatalyst:
        id = self.identifier(seen)
        told = {name: self.text(name) for name in _LONGEST}
        if not told["name"]:
            self.refuse("name", "", Message("the entry has no name"), Message("give it one"))
        kind = next(iter(self.vocabulary("kind")), Kind.CATALYST.value)
        found = {name: self.vocabulary(name) for name in ("trades", "domains", "services", "languages")}
        if not found["trades"] and not found["services"] and not self.wrong:
            self.refuse("trades", "", Message("neither a trade nor a service"), Message("say at least one of them"))
        consented = self.day()
        self.consent(told, consented)
        catalyst = Catalyst(
            id=id,
            name=told["name"],
            kind=Kind(kind),
            trades=found["trades"],
            domains=found["domains"],
            services=found["services"],
            languages=found["languages"] or (self.mapping.language,),
            territories=self.territories(),
            summary=told["summary"],
            practices=self.practices(),
            sources=tuple(filter(None, (told["source"],))),
            confirmed=consented,
            cited=consented is None,
        )
        return BroughtCatalyst(catalyst, told["contact"], told["email"].lower(), consented)

    def identifier(self, seen: dict[str, int]) -> str:
        column = self.mapping.id
        id = one_line(self.cells[column])
        if not id or len(id) > _LONGEST["name"]:
            remedy = Message("give it one: it tells the same entry again at the next import")
            self.wrong.append(
                Rejected(self.number, column, id, Message("the row has no identifier of 1 to 200 characters"), remedy)
            )
        elif id in seen:
            self.wrong.append(
                Rejected(
                    self.number, column, id, Message("the identifier stands twice: in row {row} too", row=seen[id]),
                    Message("keep one of the two rows, or give each its own identifier"),
                )
            )  # fmt: skip
        else:
            seen[id] = self.number
        return id

    def consent(self, told: Mapping[str, str], consented: date | None) -> None:
        """Nobody is named without their consent, and what nobody agreed to, a source cites."""
        for name in ("name", "summary", "source"):
            if (found := personal_in(told[name])) is not None:
                self.refuse(
                    name, found, Message("an address or a number that would be public"),
                    Message("take it out: visitors write through the platform"),
                )  # fmt: skip
        personal = [name for name in ("contact", "email") if told[name]]
        if consented is None:
            for name in personal:
                self.refuse(
                    name, told[name], Message("personal data without a recorded consent"),
                    Message("write the day of consent in the column of `consented`, or take the person out"),
                )  # fmt: skip
            if not personal and not told["source"]:
                self.refuse(
                    "consented", "", Message("no consent is recorded, and no source cites the entry"),
                    Message("write the day of consent and the e-mail address of who gave it, or the source"),
                )  # fmt: skip
        elif not _EMAIL.fullmatch(told["email"]):
            self.refuse(
                "email", told["email"], Message("no e-mail address of who consented"),
                Message("write the address, such as name@example.org: by it one withdraws"),
            )  # fmt: skip

    def text(self, name: str) -> str:
        raw = self.raw(name)
        text = paragraphs(raw) if name == "summary" else one_line(raw)
        if len(text) > _LONGEST[name]:
            reason = Message("{count} characters, more than {most}", count=len(text), most=_LONGEST[name])
            self.refuse(name, text, reason, Message("shorten it"))
        return text

    def vocabulary(self, name: str) -> tuple[str, ...]:
        known, found = self.words[name], dict[str, None]()
        rule = self.mapping.fields.get(name, Rule())
        for label in self.items(name):
            id = known.id_of(rule.values.get(label, label))
            if id is None:
                remedy = Message(
                    "say in `values` what it means, or correct it; near it: {near}", near=known.near(label)
                )
                self.refuse(name, label, Message("no word of the vocabulary"), remedy)
            else:
                found[id] = None
        return tuple(found)

    def territories(self) -> tuple[str, ...]:
        found = dict[str, None]()
        rule = self.mapping.fields.get("territories", Rule())
        for label in self.items("territories"):
            place = self.place(rule.values.get(label, label))
            if isinstance(place, NoPlace):
                self.refuse("territories", label, place.reason, place.remedy)
                continue
            found |= dict.fromkeys(place.ids)
            if place.is_carried:
                self.carried.append((self.number, label, place.ids))
        if not found and not self.wrong:
            self.refuse("territories", "", Message("the entry covers no territory"), Message("name one at least"))
        return tuple(found)

    def practices(self) -> tuple[str, ...]:
        items = self.items("practices")
        for item in items:
            if not (item.isascii() and item.isdigit() and len(item) < 10):
                self.refuse(
                    "practices", item, Message("not the number of a practice"),
                    Message("write the number that stands in the address of its page"),
                )  # fmt: skip
        return items

    def day(self) -> date | None:
        text, rule = one_line(self.raw("consented")), self.mapping.fields.get("consented", Rule())
        if not text:
            return None
        try:
            found = date.fromisoformat(text) if rule.date is None else datetime.strptime(text, rule.date).date()  # noqa: DTZ007 - a day
        except ValueError:
            self.refuse(
                "consented", text, Message("not a date"),
                Message("write dates as 2024-05-31, or say in `date` how they are written"),
            )  # fmt: skip
            return None
        if found > self.today:
            self.refuse("consented", text, Message("a consent in the future"), Message("correct the date"))
        return found

    def items(self, name: str) -> tuple[str, ...]:
        rule = self.mapping.fields.get(name, Rule())
        raw = self.raw(name)
        parts = re.split(r"[;\n|]", raw) if rule.separator is None else raw.split(rule.separator)
        kept = tuple(dict.fromkeys(filter(None, map(one_line, parts))))
        if len(kept) > _MOST:
            self.refuse(
                name, raw, Message("{count} items, more than {most}", count=len(kept), most=_MOST),
                Message("correct the cell, or the `separator`"),
            )  # fmt: skip
        return kept

    def raw(self, name: str) -> str:
        rule = self.mapping.fields.get(name)
        if rule is None:
            return ""
        return self.cells[rule.column] if rule.column is not None else str(rule.constant or "")

    def refuse(self, name: str, value: str, reason: Message, remedy: Message) -> None:
        rule = self.mapping.fields.get(name)
        column = name if rule is None or rule.column is None else rule.column
        self.wrong.append(Rejected(self.number, column, value, reason, remedy))
