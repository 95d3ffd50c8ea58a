"""What someone looks for in the base of practices: read from an address, and written back to one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from odd17.core.kernel.search import (
    LAST_PAGE,
    LONGEST,
    MOST_VALUES,
    PAGE,
    Found,
    Hit,
    Query,
    SearchUnavailable,
    Suggestions,
    asked_filters,
    asked_language,
    asked_page,
    asked_text,
    first,
)

__all__ = [
    "LAST_PAGE",
    "LONGEST",
    "MOST_VALUES",
    "PAGE",
    "Facet",
    "FoundPractices",
    "Hit",
    "PracticeQuery",
    "SearchUnavailable",
    "Sort",
    "Suggestions",
    "query_from",
    "query_to",
]


class Facet(StrEnum):
    """What found practices are counted and filtered by; the value is the parameter of the address."""

    DOMAIN = "domaine"
    GOAL = "odd"
    PARTNER = "acteur"
    TYPE = "type"
    FAMILY = "famille"
    TRADE = "metier"
    STAGE = "etape"
    PROOF = "preuve"
    TERRITORY = "territoire"
    SCALE = "echelle"
    YEAR = "annee"


class Sort(StrEnum):
    """In which order: the best answer first, the newest, the best proven, or the nearest to a territory."""

    RELEVANCE = "pertinence"
    DATE = "date"
    PROOF = "preuve"
    NEARNESS = "proximite"


@dataclass(frozen=True, slots=True)
class PracticeQuery(Query[Facet]):
    """A query of practices; ``near`` is the territory to be near to, for ``Sort.NEARNESS``."""

    sort: Sort = Sort.RELEVANCE
    near: str | None = None


FoundPractices = Found[PracticeQuery, Facet]
"""Practices found."""


def query_from(parameters: Mapping[str, Sequence[str]]) -> PracticeQuery:
    """The query of an address: what is not understood is left out, what is too long is cut.

    >>> asked = query_from({"q": ["  école "], "domaine": ["education", "", "education"], "page": ["x"], "a": ["1"]})
    >>> asked.text, asked.filters, asked.page
    ('école', {<Facet.DOMAIN: 'domaine'>: ('education',)}, 1)
    """
    near = first(parameters, "pres")
    asked = first(parameters, "tri")
    sort = Sort(asked) if asked in set(Sort) else Sort.RELEVANCE
    if sort is Sort.NEARNESS and not near:
        sort = Sort.RELEVANCE
    return PracticeQuery(
        text=asked_text(parameters),
        filters=asked_filters(Facet, parameters),
        sort=sort,
        page=asked_page(parameters),
        near=near or None,
        language=asked_language(parameters),
    )


def query_to(query: PracticeQuery) -> list[tuple[str, str]]:
    """The parameters of a query's address, in a fixed order; what is as usual is left out.

    >>> query_to(PracticeQuery("école", {Facet.DOMAIN: ("education",)}, page=2))
    [('q', 'école'), ('domaine', 'education'), ('page', '2')]
    """
    pairs = [("q", query.text)] if query.text else []
    pairs += [(facet.value, value) for facet in Facet for value in query.filters.get(facet, ())]
    if query.sort is not Sort.RELEVANCE:
        pairs.append(("tri", query.sort.value))
    if query.near:
        pairs.append(("pres", query.near))
    if query.language:
        pairs.append(("langue", query.language))
    if query.page > 1:
        pairs.append(("page", str(query.page)))
    return pairs
