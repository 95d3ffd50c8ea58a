"""What someone looks for in the library: read from an address, and written back to one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from odd17.core.kernel.search import (
    Found,
    Query,
    asked_filters,
    asked_language,
    asked_page,
    asked_text,
    first,
)


class Facet(StrEnum):
    """What found resources are counted and filtered by; the value is the parameter of the address."""

    KIND = "genre"
    AUDIENCE = "public"
    DOMAIN = "domaine"
    GOAL = "odd"
    STAGE = "etape"
    PRODUCER = "producteur"
    COLLECTION = "collection"
    LICENCE = "licence"
    YEAR = "annee"


class Sort(StrEnum):
    """In which order: the best answer first, or the newest."""

    RELEVANCE = "pertinence"
    DATE = "date"


@dataclass(frozen=True, slots=True)
class LibraryQuery(Query[Facet]):
    """A query of resources."""

    sort: Sort = Sort.RELEVANCE


FoundResources = Found[LibraryQuery, Facet]
"""Resources found."""


def library_query_from(parameters: Mapping[str, Sequence[str]]) -> LibraryQuery:
    """The query of an address: what is not understood is left out, what is too long is cut.

    >>> asked = library_query_from({"q": [" kit "], "genre": ["kit", "kit"], "tri": ["?"], "page": ["0"]})
    >>> asked.text, asked.filters, asked.sort.value, asked.page
    ('kit', {<Facet.KIND: 'genre'>: ('kit',)}, 'pertinence', 1)
    """
    asked = first(parameters, "tri")
    return LibraryQuery(
        text=asked_text(parameters),
        filters=asked_filters(Facet, parameters),
        sort=Sort(asked) if asked in set(Sort) else Sort.RELEVANCE,
        page=asked_page(parameters),
        language=asked_language(parameters),
    )


def library_query_to(query: LibraryQuery) -> list[tuple[str, str]]:
    """The parameters of a query's address, in a fixed order; what is as usual is left out.

    >>> library_query_to(LibraryQuery("kit", {Facet.KIND: ("kit",)}, page=2, sort=Sort.DATE))
    [('q', 'kit'), ('genre', 'kit'), ('tri', 'date'), ('page', '2')]
    """
    pairs = [("q", query.text)] if query.text else []
    pairs += [(facet.value, value) for facet in Facet for value in query.filters.get(facet, ())]
    if query.sort is not Sort.RELEVANCE:
        pairs.append(("tri", query.sort.value))
    if query.language:
        pairs.append(("langue", query.language))
    if query.page > 1:
        pairs.append(("page", str(query.page)))
    return pairs
