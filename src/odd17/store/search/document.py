"""A practice as the index holds it: what is searched, what is counted, what is sorted by. Never who to ask."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cache
from typing import Any, Final

import tantivy

from odd17.core.kernel import alliance_types, domains, families, goals, proofs
from odd17.core.practices.case import Case
from odd17.core.practices.query import Facet

from .analysis import LANGUAGES, plain, stemming
from .places import Places

FORMAT: Final = 2
"""Changes with the shape of documents or with how words are cut: an index of another format is built again."""

TITLE, BODY, NAMES, WORDS = "title", "body", "names", "words"
"""Texts: each but the words has a field a language (``title_fr``); the words are whole, of both languages."""

COUNTED: Final = {
    Facet.DOMAIN: ("domain",),
    Facet.GOAL: ("goal",),
    Facet.PARTNER: ("partner",),
    Facet.TYPE: ("type",),
    Facet.FAMILY: ("family",),
    Facet.TRADE: ("trade",),
    Facet.STAGE: ("stage",),
    Facet.PROOF: ("proof",),
    Facet.TERRITORY: ("region", "departement"),
    Facet.SCALE: ("scale",),
    Facet.YEAR: ("year",),
}
"""Facet → the columns that its counts are read from."""

NEAR_PLACES: Final = "place"
"""The column of EPCIs and communes: tens of thousands of values, counted only inside a territory that is asked."""

ASKED: Final = {facet: columns[0] for facet, columns in COUNTED.items()} | {Facet.TERRITORY: "territory"}
"""Facet → the field that it filters by; for territories, wherever a practice is and all that this belongs to."""

_COLUMNS: Final = (*(column for columns in COUNTED.values() for column in columns), NEAR_PLACES)
_LEVELS: Final = {"REG": "region", "DEP": "departement", "EPCI": NEAR_PLACES, "COM": NEAR_PLACES}


def schema() -> tantivy.Schema:
    """The fields of the index."""
    builder = tantivy.SchemaBuilder()
    for name in ("id", "version", "territory", "language"):
        builder.add_text_field(name, stored=name == "id", tokenizer_name="raw", index_option="basic")
    for language in LANGUAGES:
        builder.add_text_field(f"{TITLE}_{language}", stored=True, tokenizer_name=language)
        builder.add_text_field(f"{BODY}_{language}", stored=True, tokenizer_name=language)
        builder.add_text_field(f"{NAMES}_{language}", tokenizer_name=language)
    builder.add_text_field(WORDS, tokenizer_name="plain", index_option="basic")
    for name in _COLUMNS:
        builder.add_text_field(name, fast=True, tokenizer_name="raw", index_option="basic")
    builder.add_integer_field("day", fast=True)
    builder.add_text_field("strength", tokenizer_name="raw", index_option="basic")
    return builder.build()


def register(index: tantivy.Index) -> None:
    """Teach ``index`` how words are cut."""
    for language in LANGUAGES:
        index.register_tokenizer(language, stemming(language))
    index.register_tokenizer("plain", plain())


def document(case: Case, places: Places) -> dict[str, list[Any]]:
    """The fields of ``case``, with only those that have something."""
    language = case.language if case.language in LANGUAGES else LANGUAGES[0]
    body = "\n".join(_once_told(_told(case)))
    around = _around(case, places)
    named = " . ".join((*_named(case, language), *_names(around, places)))
    proven = [impact.proof for impact in case.impacts if impact.proof]
    strongest = max((_strengths().get(proof, 0) for proof in proven), default=0)
    kind = next((item for item in alliance_types() if item.id == case.alliance_type), None)
    day = case.begun or case.published
    fields: dict[str, list[Any]] = {
        "id": [case.id],
        "version": [f"{case.id} {case.version}"],
        "language": [language],
        f"{TITLE}_{language}": [case.title],
        f"{BODY}_{language}": [body],
        f"{NAMES}_{language}": [named],
        WORDS: [f"{case.title}\n{body}\n{named}"],
        "domain": _once(case.domains),
        "goal": _once(case.goals),
        "partner": _once(partner.kind for partner in case.partners),
        "type": _once((case.alliance_type,)),
        "family": [] if kind is None else [kind.family],
        "trade": _once((case.trade,)),
        "stage": _once((case.stage,)),
        "proof": _once(proven),
        "scale": _once((case.scale,)),
        "year": [] if case.begun is None else [str(case.begun.year)],
        "territory": around,
        "day": [(day or date.min).toordinal()],
        "strength": [str(strongest)],
    }
    for identifier in around:
        column = _LEVELS.get(identifier.partition("-")[0])
        if column is not None:
            fields.setdefault(column, []).append(identifier)
    return {name: values for name, values in fields.items() if values and values != [""]}


def strongest_first() -> list[str]:
    """The values of the field ``strength``, the best proven first."""
    return [str(rank) for rank in range(len(proofs()), 0, -1)]


def _told(case: Case) -> tuple[str, ...]:
    story = case.story
    claims = (impact.claim for impact in case.impacts)
    return (case.summary, story.need, story.alliance, story.steps, story.results, story.learnt, *claims)


def _once_told(parts: Iterable[str]) -> list[str]:
    """What is told, without the summaries that are the beginning of what follows."""
    told = [part for part in parts if part]
    return [
        part
        for at, part in enumerate(told)
        if not any(other.startswith(part.removesuffix("…").rstrip()) for other in told[at + 1 :])
    ]


def _named(case: Case, language: str) -> list[str]:
    """Who and what, in words: partners with their role, domains, goals, type and family."""
    partners = [f"{partner.name} {partner.role}".strip() for partner in case.partners]
    return partners + [
        word
        for asked, labels in (
            (case.domains, _labels(language)["domain"]),
            (case.goals, _labels(language)["goal"]),
            ((case.alliance_type,), _labels(language)["type"]),
        )
        for id in asked
        if (word := labels.get(str(id)))
    ]


def _names(around: list[str], places: Places) -> list[str]:
    found = (places(id) for id in around if id.partition("-")[0] in _LEVELS)  # France is no place to search by
    return [place.name for place in found if place is not None]


def _around(case: Case, places: Places) -> list[str]:
    found = dict.fromkeys(case.territories)
    for identifier in case.territories:
        place = places(identifier)
        if place is not None:
            found |= dict.fromkeys(place.parents)
    return list(found)


def _once(values: Any) -> list[str]:
    return list(dict.fromkeys(str(value) for value in values if value))


@cache
def _labels(language: str) -> dict[str, dict[str, str]]:
    family = {item.id: item.name.in_language(language) for item in families()}
    return {
        "domain": {item.id: item.name.in_language(language) for item in domains()},
        "goal": {item.id: item.name.in_language(language) for item in goals()},
        "type": {item.id: f"{item.name.in_language(language)} {family[item.family]}" for item in alliance_types()},
    }


@cache
def _strengths() -> dict[str, int]:
    return {item.id: rank for rank, item in enumerate(proofs(), 1)}
