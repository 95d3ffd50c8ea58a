"""Search results, and the suggestions of the search box."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from ..addresses import address_of
from ..current import release_of

LONGEST = 200
_BOXES = {"header", "hero", "results", "missing"}


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Territories that answer to ``q``; straight to the page where the only one has exactly this name or code."""
    query = _query(request)
    cog = release_of(request).cog
    found = cog.search(query, limit=30) if query else []
    if len(found) == 1:
        return redirect(address_of(found[0]))
    near = cog.suggest(query) if query and not found else []
    return render(request, "odd17/search.html", {"query": query, "found": found, "near": near, "cog": cog})


@require_safe
def suggestions(request: HttpRequest) -> HttpResponse:
    """The list of options under the search box: a fragment, empty where nothing answers."""
    query = _query(request)
    box = request.GET.get("box", "header")
    cog = release_of(request).cog
    found = cog.search(query, limit=8) if query else []
    context = {"found": found, "cog": cog, "box": box if box in _BOXES else "header"}
    response = render(request, "odd17/suggestions.html", context)
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _query(request: HttpRequest) -> str:
    """What was typed, without control characters and no longer than a name can be."""
    return "".join(letter for letter in request.GET.get("q", "")[:LONGEST] if letter.isprintable()).strip()
