"""Search of practices: the page, what is suggested as one types, and the practices found as a file."""

from __future__ import annotations

from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from odd17.core.kernel import AmbiguousTerritory, UnknownTerritory
from odd17.core.practices.query import (
    LAST_PAGE,
    LONGEST,
    PAGE,
    PracticeQuery,
    SearchUnavailable,
    Sort,
    query_from,
    query_to,
)
from odd17.core.territories import Cog
from odd17.core.territories.territory import Territory
from odd17.web.pages.current import release_of

from .export import FIELDS, FORMATS, STANDARD, exported
from .following import every_found, find_practices, suggest
from .search_page import (
    address_of_query,
    chips,
    described,
    filters_of,
    map_of,
    page_address,
    pages_of,
    rows_of,
)
from .search_words import SORTS
from .selectors import members_own

_NEAR = 6
_MEMBERS_OWN = 50
"""How many of the practices kept for members a member is shown beside those found."""


@require_safe
def practices(request: HttpRequest) -> HttpResponse:
    """The practices that answer to the address, with what narrows them; all of them where nothing is asked."""
    release = release_of(request)
    query, near, candidates = _asked(request, release.cog)
    context: dict[str, object] = {
        "query": query,
        "typed": query.text,
        "near": near,
        "near_typed": "" if near is None else near.name,
        "candidates": candidates,
        "sorts": [(sort.value, name, sort is query.sort) for sort, name in SORTS.items()],
        "hidden": list(query_to(replace(query, text="", sort=Sort.RELEVANCE, near=None, page=1))),
        "longest": LONGEST,
    }
    if candidates is not None:
        context["near_typed"] = request.GET.get("pres", "")[:200]
    try:
        found = find_practices(query)
    except SearchUnavailable:
        return _later(request, context)
    narrowed = bool(query_to(query))
    own = members_own().defer("story").select_related("locale")[:_MEMBERS_OWN] if request.user.is_authenticated else ()
    context |= {
        "found": found,
        "rows": rows_of(found, release.cog, query.near if query.sort is Sort.NEARNESS else None),
        "filters": filters_of(query, found, release.cog),
        "chips": chips(query, release.cog),
        "all": address_of_query(PracticeQuery()),
        "described": described(query, release.cog),
        "wider": [(described(other, release.cog), address_of_query(other), count) for other, count in found.wider],
        "corrected": [(word, ", ".join(others)) for word, others in found.corrected.items()],
        "pages": pages_of(query, found.total),
        "before": page_address(query, query.page - 1) if query.page > 1 else None,
        "after": page_address(query, query.page + 1)
        if query.page * PAGE < min(found.total, PAGE * LAST_PAGE)
        else None,
        "map": map_of(release, query, found) if found.total else None,
        "export": [*query_to(replace(query, page=1))],
        "fields": [(field.id, field.title(get_language() or "fr"), field.id in STANDARD) for field in FIELDS],
        "formats": FORMATS,
        "narrowed": narrowed,
        "own": () if narrowed else own,
    }
    answer = render(request, "practices/search.html", context)
    if narrowed:
        answer.headers["X-Robots-Tag"] = "noindex, nofollow"
    if own:
        patch_cache_control(answer, private=True, no_store=True)
    return answer


@require_safe
def practice_suggestions(request: HttpRequest) -> HttpResponse:
    """The list of options under the box of search: a fragment, empty where nothing answers."""
    offered = suggest(query_from({"q": [request.GET.get("q", "")]}).text)
    words = [(word, address_of_query(PracticeQuery(word))) for word in offered.words]
    hits = [(hit, reverse("practice", args=[hit.id, "pratique"])) for hit in offered.hits]
    answer = render(request, "practices/parts/suggestions.html", {"words": words, "hits": hits})
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer


@require_safe
def practices_file(request: HttpRequest, format: str) -> HttpResponse:
    """The practices found as a file, with the fields that ``champ`` asks for."""
    release = release_of(request)
    query, _near, _candidates = _asked(request, release.cog)
    try:
        return exported(query, format, request.GET.getlist("champ"), release, every_found)
    except SearchUnavailable:
        return _later(request, {})


def _later(request: HttpRequest, context: dict[str, object]) -> HttpResponse:
    """What is said while the index is being built."""
    answer = render(request, "practices/search.html", context | {"unavailable": True}, status=503)
    answer.headers["Retry-After"] = "30"
    return answer


def _asked(request: HttpRequest, cog: Cog) -> tuple[PracticeQuery, Territory | None, list[Territory] | None]:
    """The query of an address, the territory to be near to, and those it may be where its name is not that of one."""
    query = query_from(dict(request.GET.lists()))
    if query.near is None:
        return query, None, None
    try:
        near = cog.resolve(query.near)
    except AmbiguousTerritory as error:
        return _anywhere(query), None, list(cog.get(error.candidates))[:_NEAR]
    except UnknownTerritory:
        return _anywhere(query), None, list(cog.suggest(query.near, _NEAR))
    return replace(query, near=near.id), near, None


def _anywhere(query: PracticeQuery) -> PracticeQuery:
    return replace(query, near=None, sort=Sort.RELEVANCE if query.sort is Sort.NEARNESS else query.sort)
