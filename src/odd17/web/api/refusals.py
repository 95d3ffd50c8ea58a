"""What the API answers where it cannot answer: each error of odd17 with its status, its code and its remedy."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext_noop, override
from ninja.errors import ValidationError

from odd17.core.kernel import AmbiguousTerritory, ReleaseError, UnknownTerritory, UsageError
from odd17.core.practices.query import SearchUnavailable
from odd17.web.pages.current import release_of
from odd17.workflows.former_communes import former_named

from .parameter_words import wrong_parameter
from .problems import language_asked, nothing_here, problem

Handler = Callable[[HttpRequest, Any], HttpResponse]


def unknown(request: HttpRequest, error: UnknownTerritory) -> HttpResponse:
    """404 with the commune that holds a former one of this name or code, else the nearest names."""
    asked = error.query.strip().removeprefix("COM-")
    former = [
        f"{holder.id} ({holder.name})"
        for item, holder in former_named(release_of(request).cog, asked)
        if item.answers_to(asked)
    ]
    remedy = gettext_noop("Search with /api/v1/territories?q=")
    return problem(request, 404, "unknown_territory", error, remedy, former or error.suggestions)


def ambiguous(request: HttpRequest, error: AmbiguousTerritory) -> HttpResponse:
    """409 with the candidates."""
    remedy = gettext_noop("Ask again with one of the identifiers.")
    return problem(request, 409, "ambiguous_territory", error, remedy, error.candidates)


def misused(request: HttpRequest, error: UsageError) -> HttpResponse:
    """400."""
    remedy = gettext_noop("See /api/v1/openapi.json for what may be asked.")
    return problem(request, 400, "bad_request", error, remedy)


def unreadable(request: HttpRequest, error: ReleaseError) -> HttpResponse:
    """503."""
    remedy = gettext_noop("Try again later, or tell those who run this site.")
    return problem(request, 503, "release_unreadable", error, remedy)


def not_ready(request: HttpRequest, error: SearchUnavailable) -> HttpResponse:
    """503."""
    return problem(request, 503, "search_unavailable", error, gettext_noop("Try again in a minute."))


def missing(request: HttpRequest, error: Http404) -> HttpResponse:
    """404."""
    return nothing_here(request, error)


def invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """422, naming each parameter that is wrong."""
    with override(language_asked(request)):
        message = "; ".join(wrong_parameter(item) for item in error.errors)
    remedy = gettext_noop("Correct the parameters; see /api/v1/openapi.json.")
    return problem(request, 422, "invalid_parameter", message, remedy)


HANDLERS: dict[type[Exception], Handler] = {
    UnknownTerritory: unknown,
    AmbiguousTerritory: ambiguous,
    UsageError: misused,
    ReleaseError: unreadable,
    SearchUnavailable: not_ready,
    Http404: missing,
    ValidationError: invalid,
}
