"""What a mapping says itself, constants and the meanings of labels, checked once in place of at each row."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from odd17.core.kernel import Message
from odd17.core.territories import Cog

from .cells import Vocabulary, place_in
from .mapping import FIELDS, LONGEST, CaseMapping, Rule, Told
from .row_cells import VOCABULARIES


@dataclass(frozen=True, slots=True)
class WrongWord:
    """A word of a mapping that means nothing; ``key`` is where it stands."""

    key: str
    value: str
    reason: Message
    remedy: Message


def wrong_words(mapping: CaseMapping, cog: Cog) -> Iterator[WrongWord]:
    """Every constant, and every meaning of a label, that is no word of its vocabulary, no territory or no date."""
    for name, rule in mapping.fields.items():
        match FIELDS[name]:
            case Told.WORD | Told.WORDS:
                yield from _not_words(f"fields/{name}", name, rule)
            case Told.PLACES:
                yield from _not_places(f"fields/{name}", rule, cog)
            case Told.DATE:
                yield from _not_dates(f"fields/{name}", rule)
            case Told.LINE | Told.TEXT | Told.LINES:
                yield from _too_long(f"fields/{name}", rule, LONGEST.get(name, LONGEST["source"]))
    for at, partner in enumerate(mapping.partners):
        if partner.kind is not None:
            yield from _not_words(f"partners/{at}/kind", "kind", partner.kind)
    for at, impact in enumerate(mapping.impacts):
        if impact.proof is not None:
            yield from _not_words(f"impacts/{at}/proof", "proof", impact.proof)


def _said(rule: Rule) -> Iterator[str]:
    """What the rule says itself: meanings of labels, and a constant that no meaning replaces."""
    yield from rule.values.values()
    constants = (rule.constant,) if isinstance(rule.constant, str) else rule.constant or ()
    yield from (constant for constant in constants if constant not in rule.values)


def _not_words(key: str, name: str, rule: Rule) -> Iterator[WrongWord]:
    known = Vocabulary(VOCABULARIES[name]())
    for word in _said(rule):
        if known.id_of(word) is None:
            near = Message("near it: {near}", near=known.near(word))
            yield WrongWord(key, word, Message("no word of the vocabulary"), near)


def _not_places(key: str, rule: Rule, cog: Cog) -> Iterator[WrongWord]:
    if rule.within is not None and rule.within not in cog:
        remedy = Message("write an identifier of the COG, as DEP-87")
        yield WrongWord(f"{key}/within", rule.within, Message("no territory has this identifier"), remedy)
        return
    for label in _said(rule):
        found = place_in(cog, label, rule.level, rule.within)
        if not isinstance(found, str):
            yield WrongWord(key, label, found.reason, found.remedy)


def _not_dates(key: str, rule: Rule) -> Iterator[WrongWord]:
    for text in _said(rule):
        try:
            date.fromisoformat(text)
        except ValueError:
            yield WrongWord(key, text, Message("not a date"), Message("write it as 2024-05-31"))


def _too_long(key: str, rule: Rule, most: int) -> Iterator[WrongWord]:
    for text in _said(rule):
        if len(text) > most:
            reason = Message("{count} characters, more than {most}", count=len(text), most=most)
            yield WrongWord(key, text, reason, Message("shorten it"))
