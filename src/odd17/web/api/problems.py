"""Errors of the API as JSON, in the reader's language."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import HttpRequest, JsonResponse
from django.utils.cache import patch_vary_headers
from django.utils.functional import Promise
from django.utils.translation import get_language_from_request, gettext, gettext_lazy, gettext_noop, override

from odd17.core.kernel import Odd17Error
from odd17.publishing.language import LANGUAGES, language_of
from odd17.publishing.said import said


def language_asked(request: HttpRequest) -> str:
    """The language of a request: ``lang`` where it names one of ours, else the browser's, else French."""
    named = request.GET.get("lang", "")
    return named if named in LANGUAGES else language_of(get_language_from_request(request))


def problem(
    request: HttpRequest,
    status: int,
    error: str,
    message: Odd17Error | Promise | str,
    remedy: str,
    suggestions: Sequence[str] = (),
) -> JsonResponse:
    """An error: its code, what was wrong, what to do about it, and what may have been meant.

    ``message``: an error of odd17, a text that is translated when it is read, or a text in the reader's language.
    ``remedy`` is the English message, marked with ``gettext_noop``.
    """
    language = language_asked(request)
    with override(language):
        words = said(message, language) if isinstance(message, Odd17Error) else str(message)
        body = {"error": error, "message": words, "remedy": gettext(remedy), "suggestions": list(suggestions)}
    response = JsonResponse(body, status=status, headers={"Content-Language": language})
    patch_vary_headers(response, ["Accept-Language"])
    return response


def nothing_here(request: HttpRequest, exception: Exception | None) -> JsonResponse:
    """404, with what the view said of it where it said something that can be read in both languages."""
    said_of_it = exception.args[0] if exception and exception.args else None
    message = said_of_it if isinstance(said_of_it, Promise) else gettext_lazy("There is nothing at this address.")
    return problem(request, 404, "not_found", message, gettext_noop("See /api/v1/openapi.json for the addresses."))
