"""Pages of the library: the list with its filters, one resource, and its file."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import urlencode

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from odd17.core.kernel.search import LONGEST, SearchUnavailable
from odd17.core.practices.query import FoundPractices, PracticeQuery
from odd17.core.resources.library import FOLLOWED, ResourceKind, kinds
from odd17.core.resources.library_query import Facet, LibraryQuery, Sort, library_query_from, library_query_to
from odd17.web.config.policy import MEDIA
from odd17.web.practices.following import find_practices

from .following import find_resources, suggest_resources
from .models import Resource
from .search_page import (
    LANGUAGES,
    SORTS,
    address_of_query,
    chips,
    described,
    filters_of,
    has_more,
    page_address,
    pages_of,
    rows_of,
)
from .selectors import readable_by, translations_of

_PRACTICES = 3


@require_safe
def library(request: HttpRequest) -> HttpResponse:
    """The resources that answer to the address, with what narrows them, and the practices that answer too."""
    query = library_query_from(dict(request.GET.lists()))
    context: dict[str, object] = {
        "query": query,
        "typed": query.text,
        "sorts": [(sort.value, name, sort is query.sort) for sort, name in SORTS.items()],
        "languages": [(value, name, value == (query.language or "")) for value, name in LANGUAGES.items()],
        "hidden": library_query_to(replace(query, text="", sort=Sort.RELEVANCE, language=None, page=1)),
        "longest": LONGEST,
        "feeds": _feeds(query),
        "followed": [
            (kind, address_of_query(LibraryQuery(filters={Facet.KIND: (kind.id,)}), "library_feed", "rss"))
            for kind in kinds()
            if kind.id in FOLLOWED
        ],
    }
    try:
        found = find_resources(query)
    except SearchUnavailable:
        answer = render(request, "library/list.html", context | {"unavailable": True}, status=503)
        answer.headers["Retry-After"] = "30"
        return answer
    narrowed = bool(library_query_to(query))
    context |= {
        "found": found,
        "rows": rows_of(found),
        "none_yet": _none_yet(query, found.total),
        "filters": filters_of(query, found),
        "chips": chips(query),
        "all": address_of_query(LibraryQuery()),
        "wider": [(described(other), address_of_query(other), count) for other, count in found.wider],
        "corrected": [(word, ", ".join(others)) for word, others in found.corrected.items()],
        "pages": pages_of(query, found.total),
        "before": page_address(query, query.page - 1) if query.page > 1 else None,
        "after": page_address(query, query.page + 1) if has_more(query, found.total) else None,
        "practices": _practices(query),
        "practices_address": reverse("practices") + "?" + urlencode({"q": query.text}),
    }
    answer = render(request, "library/list.html", context)
    if narrowed:
        answer.headers["X-Robots-Tag"] = "noindex, nofollow"
    return answer


@require_safe
def library_suggestions(request: HttpRequest) -> HttpResponse:
    """The list of options under the box of search: a fragment, empty where nothing answers."""
    offered = suggest_resources(library_query_from({"q": [request.GET.get("q", "")]}).text)
    words = [(word, address_of_query(LibraryQuery(word))) for word in offered.words]
    hits = [(hit, reverse("resource", args=[hit.id, "ressource"])) for hit in offered.hits]
    shown = {"words": words, "hits": hits, "box": "library"}
    answer = render(request, "practices/parts/suggestions.html", shown)
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer


@require_safe
def resource(request: HttpRequest, number: int, words: str) -> HttpResponse:
    """One resource; an address with other words leads to today's. 404 for those who may not read it."""
    found = _readable(request, number)
    if request.path != (today := found.get_absolute_url()):
        return redirect(today, permanent=False)
    context = {"resource": found, "translations": translations_of(found)}
    return _kept_apart(render(request, "library/resource.html", context), found)


@require_safe
def resource_file(request: HttpRequest, number: int) -> HttpResponseBase:
    """The file of a resource, to be saved and never opened in the page; 404 for those who may not read it."""
    found = _readable(request, number)
    if found.file is None:
        raise Http404
    try:
        opened = found.file.file.open("rb")
    except FileNotFoundError as error:
        raise Http404 from error
    answer = FileResponse(opened, as_attachment=True, filename=found.file.filename)
    answer.headers["Content-Security-Policy"] = MEDIA
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Cache-Control"] = "public, max-age=300"
    return _kept_apart(answer, found)


def _readable(request: HttpRequest, number: int) -> Resource:
    return get_object_or_404(readable_by(request.user).select_related("locale", "file"), pk=min(number, 2**62))


def _kept_apart(answer: HttpResponseBase, found: Resource) -> HttpResponseBase:
    """What is only for editors is kept by no one between them and the site."""
    if found.private:
        answer.headers["Cache-Control"] = ""
        patch_cache_control(answer, private=True, no_store=True)
        answer.headers["X-Robots-Tag"] = "noindex, nofollow"
    return answer


def _none_yet(query: LibraryQuery, total: int) -> ResourceKind | None:
    """The kind of which there is none, where one is asked for and nothing else; a page beyond the last is no reason."""
    asked = query.filters.get(Facet.KIND, ())
    if total or query != LibraryQuery(filters={Facet.KIND: asked}, sort=query.sort):
        return None
    return next((kind for kind in kinds() if (kind.id,) == asked), None)


def _feeds(query: LibraryQuery) -> list[tuple[str, str, str]]:
    """The feeds of what is asked: format, media type, address."""
    asked = replace(query, sort=Sort.RELEVANCE, page=1)
    return [
        ("RSS", "application/rss+xml", address_of_query(asked, "library_feed", "rss")),
        ("Atom", "application/atom+xml", address_of_query(asked, "library_feed", "atom")),
    ]


def _practices(query: LibraryQuery) -> FoundPractices | None:
    """The practices that have the same words; None where none is asked for or found, or their index is being built."""
    if not query.text or query.page > 1:
        return None
    try:
        found = find_practices(PracticeQuery(query.text), _PRACTICES)
    except SearchUnavailable:
        return None
    return found if found.total else None
