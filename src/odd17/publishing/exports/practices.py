"""Practices as a table, with the fields that someone chose."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from odd17.core.kernel import (
    alliance_types,
    domains,
    goals,
    impacts,
    levers,
    partner_kinds,
    proofs,
    scales,
    stages,
    trades,
)
from odd17.core.practices.case import Case
from odd17.publishing.language import msgid, translator

from .table import Column, Table

Called = Callable[[str], str]
"""From the identifier of a territory to its name."""


@dataclass(frozen=True, slots=True)
class Field:
    """What can be taken of a practice: its name for programs, its title, and how it is read in a language."""

    id: str
    label: str
    read: Callable[[Case, str, Called], str]

    def title(self, language: str) -> str:
        """Its title in ``language``."""
        return translator(language)(self.label)


def _named(words: Callable[[], Iterable[Any]]) -> Callable[[str | None, str], str]:
    def name(id: str | None, language: str) -> str:
        found = next((word for word in words() if word.id == id), None)
        return (id or "") if found is None else str(found.name.in_language(language))

    return name


def _day(day: date | None) -> str:
    return "" if day is None else day.isoformat()


_domain, _goal, _scale, _type = _named(domains), _named(goals), _named(scales), _named(alliance_types)
_trade, _stage, _lever, _kind = _named(trades), _named(stages), _named(levers), _named(partner_kinds)
_proof, _impact = _named(proofs), _named(impacts)


def _partner(case: Case, language: str) -> str:
    said = []
    for partner in case.partners:
        facts = [fact for fact in (_kind(partner.kind, language), partner.role) if fact]
        said.append(f"{partner.name} ({', '.join(facts)})" if facts else partner.name)
    return "; ".join(said)


FIELDS: Final = (
    Field("id", msgid("Number"), lambda case, _, __: case.id),
    Field("title", msgid("Title"), lambda case, _, __: case.title),
    Field("summary", msgid("Summary"), lambda case, _, __: case.summary),
    Field("partners", msgid("Partners"), lambda case, language, _: _partner(case, language)),
    Field("domains", msgid("Domains"), lambda case, lang, _: "; ".join(_domain(id, lang) for id in case.domains)),
    Field("goals", msgid("Sustainable development goals"), lambda case, _, __: "; ".join(case.goals)),
    Field("territories", msgid("Territories"), lambda case, _, called: "; ".join(map(called, case.territories))),
    Field("territory_codes", msgid("Codes of territories"), lambda case, _, __: "; ".join(case.territories)),
    Field("scale", msgid("Scale of action"), lambda case, language, _: _scale(case.scale, language)),
    Field("alliance_type", msgid("Type of alliance"), lambda case, language, _: _type(case.alliance_type, language)),
    Field("trade", msgid("Trade of the catalyst"), lambda case, language, _: _trade(case.trade, language)),
    Field("stage", msgid("Stage on the innovation path"), lambda case, language, _: _stage(case.stage, language)),
    Field("lever", msgid("What came first"), lambda case, language, _: _lever(case.lever, language)),
    Field("begun", msgid("Begun on"), lambda case, _, __: _day(case.begun)),
    Field("ended", msgid("Ended on"), lambda case, _, __: _day(case.ended)),
    Field(
        "impacts",
        msgid("What changed, and the kind of proof"),
        lambda case, lang, _: "; ".join(
            f"{_impact(item.impact, lang)} : {item.claim}" + (f" ({_proof(item.proof, lang)})" if item.proof else "")
            for item in case.impacts
        ),
    ),
    Field("need", msgid("The need"), lambda case, _, __: case.story.need),
    Field("alliance", msgid("The alliance"), lambda case, _, __: case.story.alliance),
    Field("steps", msgid("The steps"), lambda case, _, __: case.story.steps),
    Field("results", msgid("The results"), lambda case, _, __: case.story.results),
    Field("learnt", msgid("What was learnt"), lambda case, _, __: case.story.learnt),
    Field("money", msgid("Means: money"), lambda case, _, __: case.means.get("money", "")),
    Field("time", msgid("Means: time"), lambda case, _, __: case.means.get("time", "")),
    Field("skills", msgid("Means: skills"), lambda case, _, __: case.means.get("skills", "")),
    Field("sources", msgid("Sources"), lambda case, _, __: "; ".join(case.sources)),
    Field("licence", msgid("Licence"), lambda case, _, __: case.licence),
    Field("contact", msgid("Contact, who agreed to be named"), lambda case, _, __: case.contact or ""),
    Field("cited", msgid("Only cited, to be completed"), lambda case, _, __: "1" if case.cited else "0"),
    Field("language", msgid("Language"), lambda case, _, __: case.language),
    Field("published", msgid("Published on"), lambda case, _, __: _day(case.published)),
    Field("checked", msgid("Last checked on"), lambda case, _, __: _day(case.checked)),
)
"""All the fields, in the order of an export."""

STANDARD: Final = (
    "id", "title", "summary", "partners", "domains", "territories", "alliance_type", "begun", "impacts", "licence",
)  # fmt: skip
"""Those that are chosen where nobody chose."""


def chosen_fields(asked: Sequence[str]) -> tuple[Field, ...]:
    """The fields asked for, in the order of an export; the usual ones where none that is known is asked."""
    return tuple(field for field in FIELDS if field.id in asked) or tuple(
        field for field in FIELDS if field.id in STANDARD
    )


def practices_table(
    cases: Iterable[Case],
    fields: Sequence[Field],
    language: str,
    called: Called,
    *,
    about: str,
    address: str,
    release: str,
) -> Table:
    """A row a practice. ``about`` says what was asked, ``address`` where to ask it again."""
    _ = translator(language)
    rows = tuple(tuple(field.read(case, language, called) for field in fields) for case in cases)
    return Table(
        name="odd17-practices",
        title=_("Practices: {about}", about=about),
        columns=tuple(Column(field.id, field.title(language)) for field in fields),
        rows=rows,
        notes=(
            address,
            _(
                "A base of practices is no census: it holds what was told, not all that exists. "
                "Each practice keeps its licence."
            ),
        ),
        release=release,
        data_title=_("Practices"),
        notes_title=_("Sources"),
    )
