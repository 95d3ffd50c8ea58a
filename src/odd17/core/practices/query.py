"""What someone looks for in the base of practices: read from an address, and written back to one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Final

from odd17.core.kernel import Odd17Error


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


LONGEST: Final = 300
"""Characters of a query that are read: nobody types more, and what is pasted says the same in fewer."""

PAGE: Final = 20
"""Practices a page."""

LAST_PAGE: Final = 500
"""Pages that can be turned to: past it one searches otherwise."""

MOST_VALUES: Final = 20
"""Values of one facet that a query may ask together."""


@dataclass(frozen=True, slots=True)
class PracticeQuery:
    """A query. Values of one facet widen one another (or), facets narrow (and). ``page`` counts from 1.

    ``near`` is the territory to be near to, for ``Sort.NEARNESS``; ``language`` that of the practices, None for both.
    """

    text: str = ""
    filters: Mapping[Facet, tuple[str, ...]] = field(default_factory=dict)
    sort: Sort = Sort.RELEVANCE
    page: int = 1
    near: str | None = None
    language: str | None = None

    def without(self, facet: Facet, value: str | None = None) -> PracticeQuery:
        """The same query without one value of a facet, or without the facet; from its first page."""
        kept = tuple(item for item in self.filters.get(facet, ()) if value is not None and item != value)
        others = {key: values for key, values in self.filters.items() if key is not facet}
        return replace(self, filters=others | ({facet: kept} if kept else {}), page=1)

    def with_value(self, facet: Facet, value: str) -> PracticeQuery:
        """The same query with one more value of a facet; from its first page."""
        values = self.filters.get(facet, ())
        return self if value in values else replace(self, filters={**self.filters, facet: (*values, value)}, page=1)


@dataclass(frozen=True, slots=True)
class Hit:
    """A practice found: its number, its score, and its words as HTML-free pieces, each marked where it matches."""

    id: str
    score: float
    title: tuple[tuple[str, bool], ...] = ()
    excerpt: tuple[tuple[str, bool], ...] = ()


@dataclass(frozen=True, slots=True)
class FoundPractices:
    """An answer: how many there are in all, the hits of the page, and what narrowing further would give.

    ``facets`` count, for each facet, the practices found under the other filters. ``wider`` are queries that find
    something, each with its number, offered where this one finds nothing. ``corrected`` are the words that no practice
    has, each with those, one letter away or beginning so, that were searched in its stead. ``partly``: too few have all
    the words, so that some of those found lack some.
    """

    total: int
    hits: tuple[Hit, ...]
    facets: Mapping[Facet, Mapping[str, int]]
    wider: tuple[tuple[PracticeQuery, int], ...] = ()
    corrected: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    partly: bool = False


@dataclass(frozen=True, slots=True)
class Suggestions:
    """What is offered to who is typing: whole words to end the last one, and practices whose title answers."""

    words: tuple[str, ...] = ()
    hits: tuple[Hit, ...] = ()


class SearchUnavailable(Odd17Error):
    """There is no index of practices, or it cannot be read: it has to be built again from the practices."""


def query_from(parameters: Mapping[str, Sequence[str]]) -> PracticeQuery:
    """The query of an address: what is not understood is left out, what is too long is cut.

    >>> asked = query_from({"q": ["  école "], "domaine": ["education", "", "education"], "page": ["x"], "a": ["1"]})
    >>> asked.text, asked.filters, asked.page
    ('école', {<Facet.DOMAIN: 'domaine'>: ('education',)}, 1)
    """
    filters = {facet: values for facet in Facet if (values := _values(parameters.get(facet, ())))}
    near = _first(parameters, "pres")
    asked = _first(parameters, "tri")
    sort = Sort(asked) if asked in set(Sort) else Sort.RELEVANCE
    if sort is Sort.NEARNESS and not near:
        sort = Sort.RELEVANCE
    number = _first(parameters, "page")
    page = int(number) if number.isascii() and number.isdigit() and len(number) < 6 else 1
    language = _first(parameters, "langue")
    return PracticeQuery(
        text=" ".join(_first(parameters, "q")[:LONGEST].split()),
        filters=filters,
        sort=sort,
        page=min(max(page, 1), LAST_PAGE),
        near=near or None,
        language=language if language in ("fr", "en") else None,
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


def _values(given: Iterable[str]) -> tuple[str, ...]:
    found = dict.fromkeys(value.strip()[:80] for value in given if value.strip())
    return tuple(found)[:MOST_VALUES]


def _first(parameters: Mapping[str, Sequence[str]], name: str) -> str:
    values = parameters.get(name, ())
    return values[0].strip() if values else ""
