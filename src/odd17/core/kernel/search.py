"""What someone looks for among things told in words, and what is found: read from an address, written back to one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any, Final, Generic, Self, TypeVar

from .errors import Odd17Error

LONGEST: Final = 300
"""Characters of a query that are read: nobody types more, and what is pasted says the same in fewer."""

PAGE: Final = 20
"""Things found, a page."""

LAST_PAGE: Final = 500
"""Pages that can be turned to: past it one searches otherwise."""

MOST_VALUES: Final = 20
"""Values of one facet that a query may ask together."""

_LONGEST_VALUE: Final = 200

FacetT = TypeVar("FacetT", bound=StrEnum)
QueryT = TypeVar("QueryT", bound="Query[Any]")


@dataclass(frozen=True, slots=True)
class Query(Generic[FacetT]):
    """A query. Values of one facet widen one another (or), facets narrow (and). ``page`` counts from 1.

    ``language`` is that of what is looked for, None for both.
    """

    text: str = ""
    filters: Mapping[FacetT, tuple[str, ...]] = field(default_factory=dict)
    page: int = 1
    language: str | None = None

    def without(self, facet: FacetT, value: str | None = None) -> Self:
        """The same query without one value of a facet, or without the facet; from its first page."""
        kept = tuple(item for item in self.filters.get(facet, ()) if value is not None and item != value)
        others = {key: values for key, values in self.filters.items() if key is not facet}
        return replace(self, filters=others | ({facet: kept} if kept else {}), page=1)

    def with_value(self, facet: FacetT, value: str) -> Self:
        """The same query with one more value of a facet; from its first page."""
        values = self.filters.get(facet, ())
        return self if value in values else replace(self, filters={**self.filters, facet: (*values, value)}, page=1)


@dataclass(frozen=True, slots=True)
class Hit:
    """Something found: its number, its score, and its words as HTML-free pieces, each marked where it matches."""

    id: str
    score: float
    title: tuple[tuple[str, bool], ...] = ()
    excerpt: tuple[tuple[str, bool], ...] = ()


@dataclass(frozen=True, slots=True)
class Found(Generic[QueryT, FacetT]):
    """An answer: how many there are in all, the hits of the page, and what narrowing further would give.

    ``facets`` count, for each facet, what is found under the other filters. ``wider`` are queries that find something,
    each with its number, offered where this one finds nothing. ``corrected`` are the words that nothing has, each with
    those, one letter away or beginning so, that were searched in its stead. ``partly``: too few have all the words, so
    that some of those found lack some.
    """

    total: int
    hits: tuple[Hit, ...]
    facets: Mapping[FacetT, Mapping[str, int]]
    wider: tuple[tuple[QueryT, int], ...] = ()
    corrected: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    partly: bool = False


@dataclass(frozen=True, slots=True)
class Suggestions:
    """What is offered to who is typing: whole words to end the last one, and what has a title that answers."""

    words: tuple[str, ...] = ()
    hits: tuple[Hit, ...] = ()


class SearchUnavailable(Odd17Error):
    """There is no index, or it cannot be read: it has to be built again from what it was made of."""


def asked_text(parameters: Mapping[str, Sequence[str]]) -> str:
    """The words of an address, cut to what is read.

    >>> asked_text({"q": ["  école   verte "]})
    'école verte'
    """
    return " ".join(first(parameters, "q")[:LONGEST].split())


def asked_filters(facets: Iterable[FacetT], parameters: Mapping[str, Sequence[str]]) -> dict[FacetT, tuple[str, ...]]:
    """The values that an address asks of each facet, each once; facets without any are left out."""
    return {facet: values for facet in facets if (values := _values(parameters.get(facet, ())))}


def asked_page(parameters: Mapping[str, Sequence[str]]) -> int:
    """The page of an address: the first one where it makes no sense, the last one where it is past it.

    >>> asked_page({"page": ["3"]}), asked_page({"page": ["-1"]}), asked_page({"page": ["99999"]})
    (3, 1, 500)
    """
    number = first(parameters, "page")
    page = int(number) if number.isascii() and number.isdigit() and len(number) < 6 else 1
    return min(max(page, 1), LAST_PAGE)


def asked_language(parameters: Mapping[str, Sequence[str]]) -> str | None:
    """The language that an address asks for, None for both."""
    language = first(parameters, "langue")
    return language if language in ("fr", "en") else None


def first(parameters: Mapping[str, Sequence[str]], name: str) -> str:
    """The first value of a parameter, without the blanks around it."""
    values = parameters.get(name, ())
    return values[0].strip() if values else ""


def _values(given: Iterable[str]) -> tuple[str, ...]:
    found = dict.fromkeys(value.strip()[:_LONGEST_VALUE] for value in given if value.strip())
    return tuple(found)[:MOST_VALUES]
