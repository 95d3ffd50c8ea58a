"""Filters of the pages of the library, and what other searches show of it."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django import template
from django.urls import reverse
from django.utils.formats import date_format

from odd17.core.kernel.search import SearchUnavailable, asked_text
from odd17.core.resources.library import years_of
from odd17.core.resources.library_query import LibraryQuery
from odd17.web.library.following import find_resources
from odd17.web.library.models import Resource

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
