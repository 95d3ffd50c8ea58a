"""A practice as the index holds it: what is searched, what is counted, what is sorted by. Never who to ask."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Final

from odd17.core.kernel import alliance_types, domains, families, goals, proofs
from odd17.core.practices.case import Case
from odd17.core.practices.matching import fresh_since, said_in
from odd17.core.practices.query import Facet

from .fields import Fields, once, spoken, told, without_empty
from .places import Places

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

OWN_PLACES: Final = "own"
"""The column of the territories that a practice names itself: what it is near to is measured from these."""

COLUMNS: Final = (*(column for columns in COUNTED.values() for column in columns), NEAR_PLACES, OWN_PLACES)
"""Every column that can be counted."""

MATCHED: Final = ("territory", "strength", "said")
"""The fields that are only asked for."""

NUMBERS: Final = ("number", "fresh")
"""Those that are numbers: of the practice, and the month in which someone last made sure of it."""

_LEVELS: Final = {"REG": "region", "DEP": "departement", "EPCI": NEAR_PLACES, "COM": NEAR_PLACES}


def document(case: Case, places: Places) -> Fields:
    """The fields of ``case``, with only those that have something."""
    around = _around(case, places)
    proven = [impact.proof for impact in case.impacts if impact.proof]
    strongest = max((_strengths().get(proof, 0) for proof in proven), default=0)
    kind = next((item for item in alliance_types() if item.id == case.alliance_type), None)
    fields = told(
        id=case.id,
        version=case.version,
        language=case.language,
        title=case.title,
        body=_told(case),
        names=(*_named(case, spoken(case.language)), *_names(around, places)),
        day=case.begun or case.published,
    ) | {
        "domain": once(case.domains),
        "goal": once(case.goals),
        "partner": once(partner.kind for partner in case.partners),
        "type": once((case.alliance_type,)),
        "family": [] if kind is None else [kind.family],
        "trade": once((case.trade,)),
        "stage": once((case.stage,)),
        "proof": once(proven),
        "scale": once((case.scale,)),
        "year": [] if case.begun is None else [str(case.begun.year)],
        "territory": around,
        "strength": [str(strongest)],
        OWN_PLACES: once(case.territories),
        "said": sorted(said_in(case)),
        "number": [number_of(case.id)],
        "fresh": [] if (last := fresh_since(case)) is None else [month_of(last)],
    }
    for identifier in around:
        column = _LEVELS.get(identifier.partition("-")[0])
        if column is not None:
            fields.setdefault(column, []).append(identifier)
    return without_empty(fields)


def number_of(identifier: str) -> int:
    """The number of a practice; 0 for what is none."""
    return int(identifier) if identifier.isdigit() else 0


def month_of(day: date) -> int:
    """The month of a day, counted."""
    return day.year * 12 + day.month


def strongest_first() -> list[str]:
    """The values of the field ``strength``, the best proven first."""
    return [str(rank) for rank in range(len(proofs()), 0, -1)]


def _told(case: Case) -> tuple[str, ...]:
    story = case.story
    claims = (impact.claim for impact in case.impacts)
    return (case.summary, story.need, story.alliance, story.steps, story.results, story.learnt, *claims)


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
