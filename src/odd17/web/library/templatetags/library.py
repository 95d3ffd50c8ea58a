"""Filters of the pages of the library, and what other searches show of it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

from django import template
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import get_language

from odd17.core.kernel.search import SearchUnavailable, asked_text
from odd17.core.resources.library import years_of
from odd17.core.resources.library_query import LibraryQuery
from odd17.core.resources.spine import Reading
from odd17.web.library.following import find_resources
from odd17.web.library.models import Resource
from odd17.web.library.resource_page import ResourcePage, resource_page
from odd17.web.library.selectors import titled

register = template.Library()


@register.filter
def dated(resource: Resource) -> str:
    """The day of a resource, else its years, else nothing."""
    if resource.day is not None:
        return date_format(resource.day, "DATE_FORMAT")
    span = years_of(resource.years)
    if span is None:
        return ""
    return str(span[0]) if span[0] == span[1] else f"{span[0]}–{span[1]}"


@register.filter
def with_pages(readings: Iterable[Reading]) -> list[tuple[Reading, Resource | None]]:
    """Each publication with the resource of the library that bears its title, None where there is none."""
    known = titled([reading.title for reading in readings], get_language() or "fr")
    return [(reading, known.get(reading.title)) for reading in readings]


@register.filter
def page_of(resource: Resource) -> ResourcePage:
    """What its page shows of a resource, beside its own words."""
    return resource_page(resource)


@register.inclusion_tag("library/parts/too.html")
def resources_too(typed: str, most: int = 3) -> dict[str, Any]:
    """The first ``most`` resources that have the words typed elsewhere; nothing where none can be found."""
    text = asked_text({"q": [typed]})
    if not text:
        return {}
    try:
        found = find_resources(LibraryQuery(text), most)
    except SearchUnavailable:
        return {}
    return {"resources": found, "address": f"{reverse('library')}?{urlencode({'q': text})}"} if found.total else {}
