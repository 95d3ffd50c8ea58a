"""What the list of the library shows: resources found, and what narrows them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from odd17.core.kernel import domains, goals, stages
from odd17.core.kernel.search import LAST_PAGE, PAGE, Hit
from odd17.core.resources.library import ResourceKind, kinds, licences
from odd17.core.resources.library_query import Facet, FoundResources, LibraryQuery, Sort, library_query_to
from odd17.core.resources.orientation import audiences
from odd17.web.practices.found_page import Choice, Filter, PageLink, turning

from .models import Resource
from .resource_page import kind_of
from .selectors import published

TITLES = {
    Facet.KIND: gettext_lazy("Kind of resource"),
    Facet.AUDIENCE: gettext_lazy("For whom"),
    Facet.DOMAIN: gettext_lazy("Domain"),
    Facet.GOAL: gettext_lazy("Sustainable development goal"),
    Facet.STAGE: gettext_lazy("Stage on the innovation path"),
    Facet.PRODUCER: gettext_lazy("Producer"),
    Facet.COLLECTION: gettext_lazy("Collection"),
    Facet.LICENCE: gettext_lazy("Licence"),
    Facet.YEAR: gettext_lazy("Year"),
}
"""The filters, in the order in which a page offers them."""

SORTS = {Sort.RELEVANCE: gettext_lazy("relevance"), Sort.DATE: gettext_lazy("date, newest first")}
LANGUAGES = {"": gettext_lazy("both languages"), "fr": gettext_lazy("French"), "en": gettext_lazy("English")}

_WORDS: dict[Facet, Any] = {
    Facet.KIND: kinds,
    Facet.AUDIENCE: audiences,
    Facet.DOMAIN: domains,
    Facet.GOAL: goals,
    Facet.STAGE: stages,
    Facet.LICENCE: licences,
}
_OPEN = (Facet.KIND, Facet.AUDIENCE, Facet.DOMAIN)


@dataclass(frozen=True, slots=True)
class Row:
    """A resource found, as the list shows it."""

    resource: Resource
    hit: Hit
    kind: ResourceKind | None


def address_of_query(query: LibraryQuery, name: str = "library", *arguments: str) -> str:
    """The address of what is asked; it keeps everything."""
    asked = urlencode(library_query_to(query))
    return reverse(name, args=arguments) + (f"?{asked}" if asked else "")


def value_name(facet: Facet, value: str, language: str) -> str:
    """What a value of a filter is called; itself where it is a name."""
    named = next((word for word in _WORDS.get(facet, tuple)() if word.id == value), None)
    if named is None:
        return value
    name = str(named.name.in_language(language))
    return f"{value}. {name}" if facet is Facet.GOAL else name


def filters_of(query: LibraryQuery, found: FoundResources) -> list[Filter]:
    """The filters that leave something to choose."""
    made = []
    for facet, title in TITLES.items():
        choices = tuple(_choices(facet, query, found))
        if choices:
            made.append(Filter(facet.value, str(title), choices, facet in _OPEN or bool(query.filters.get(facet))))
    return made


def chips(query: LibraryQuery) -> list[tuple[str, str, str]]:
    """What narrows the search: the filter, its value, and the address without it."""
    language = get_language() or "fr"
    return [
        (str(TITLES[facet]), value_name(facet, value, language), address_of_query(query.without(facet, value)))
        for facet in TITLES
        for value in query.filters.get(facet, ())
    ]


def described(query: LibraryQuery) -> str:
    """What is asked, in words."""
    language = get_language() or "fr"
    named = [value_name(facet, value, language) for facet in TITLES for value in query.filters.get(facet, ())]
    text = _("“%(text)s”") % {"text": query.text} if query.text else ""
    spoken = [str(LANGUAGES[query.language])] if query.language else []
    return ", ".join([part for part in (text, *named, *spoken) if part]) or _("all resources")


def rows_of(found: FoundResources) -> list[Row]:
    """The resources of the page, read from the base: one withdrawn a moment ago is not shown."""
    kept = published().filter(pk__in=[int(hit.id) for hit in found.hits]).defer("text", "kit").select_related("locale")
    known = {resource.pk: resource for resource in kept}
    return [Row(known[int(hit.id)], hit, kind_of(known[int(hit.id)])) for hit in found.hits if int(hit.id) in known]


def pages_of(query: LibraryQuery, total: int) -> list[PageLink]:
    """The numbers of the pages that are near."""
    return turning(query.page, total, lambda page: page_address(query, page))


def page_address(query: LibraryQuery, page: int) -> str:
    """The address of another page of the same search."""
    return address_of_query(replace(query, page=page))


def has_more(query: LibraryQuery, total: int) -> bool:
    """Whether a page follows this one."""
    return query.page * PAGE < min(total, PAGE * LAST_PAGE)


def _choices(facet: Facet, query: LibraryQuery, found: FoundResources) -> Iterator[Choice]:
    language = get_language() or "fr"
    chosen = query.filters.get(facet, ())
    counts = dict(found.facets[facet]) | {value: found.facets[facet].get(value, 0) for value in chosen}
    for value in _in_order(facet, counts):
        other = query.without(facet, value) if value in chosen else query.with_value(facet, value)
        yield Choice(value_name(facet, value, language), counts[value], address_of_query(other), value in chosen)


def _in_order(facet: Facet, counts: dict[str, int]) -> list[str]:
    """As the vocabulary goes; the newest year first; names by how many they have."""
    if facet is Facet.YEAR:
        return sorted(counts, reverse=True)
    if facet not in _WORDS:
        return sorted(counts, key=lambda value: (-counts[value], value))
    order = {word.id: place for place, word in enumerate(_WORDS[facet]())}
    return sorted(counts, key=lambda value: (order.get(value, len(order)), value))
