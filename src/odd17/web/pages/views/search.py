"""Search results, and the suggestions of the search box."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from odd17.core.practices.query import FoundPractices, PracticeQuery, SearchUnavailable, query_from
from odd17.web.practices.following import find_practices
from odd17.workflows.former_communes import former_named

from ..addresses import address_of
from ..current import release_of

LONGEST = 200
_PRACTICES = 5
_BOXES = {"header", "hero", "results", "missing"}


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Territories and former communes that answer to ``q``; straight to the page of the only answer.

    Not where ``q`` is what a former commune was called: the page says where that one is today.
    """
    query = _query(request)
    cog = release_of(request).cog
    found = cog.search(query, limit=30) if query else []
    former = former_named(cog, query) if query else []
    if len(found) == 1 and not any(item.answers_to(query) for item, _holder in former):
        return redirect(address_of(found[0]))
    near = cog.suggest(query) if query and not found and not former else []
    context = {
        "query": query,
        "found": found,
        "former": former,
        "near": near,
        "cog": cog,
        "practices": _practices(query) if query else None,
    }
    return render(request, "odd17/search.html", context)


def _practices(query: str) -> FoundPractices | None:
    """The practices that answer too; None where none does, or the index is being built."""
    asked = query_from({"q": [query]})
    try:
        found = find_practices(PracticeQuery(asked.text), _PRACTICES)
    except SearchUnavailable:
        return None
    return found if found.total else None


@require_safe
def suggestions(request: HttpRequest) -> HttpResponse:
    """The list of options under the search box: a fragment, empty where nothing answers."""
    query = _query(request)
    box = request.GET.get("box", "header")
    cog = release_of(request).cog
    found = cog.search(query, limit=8) if query else []
    former = former_named(cog, query, limit=3) if query else []
    context = {"found": found, "former": former, "cog": cog, "box": box if box in _BOXES else "header"}
    response = render(request, "odd17/suggestions.html", context)
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _query(request: HttpRequest) -> str:
    """What was typed, without control characters and no longer than a name can be."""
    return "".join(letter for letter in request.GET.get("q", "")[:LONGEST] if letter.isprintable()).strip()
