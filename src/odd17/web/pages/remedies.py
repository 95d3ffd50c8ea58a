"""What odd17 raises on purpose, as answers: a request that is wrong is 400, figures that cannot be read are 503."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language, gettext_noop
from django.utils.translation import gettext as _

from odd17.core.kernel import Odd17Error, ReleaseError, UsageError
from odd17.publishing.said import said
from odd17.web.api.problems import problem


class Remedies:
    """Turn odd17's errors into pages; anything else goes on to Django's own handling (500)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """The page for an error that odd17 raises on purpose; None for any other."""
        if isinstance(exception, ReleaseError):
            title, status = _("The figures cannot be read"), 503
        elif isinstance(exception, UsageError):
            title, status = _("This request could not be understood"), 400
        elif isinstance(exception, Odd17Error):
            title, status = _("The figures cannot be read"), 500
        else:
            return None
        if request.path_info.startswith("/api/v1/"):
            remedy = gettext_noop("Try again later, or tell those who run this site.")
            return problem(request, status, "release_unreadable", exception, remedy)
        sentence = said(exception, get_language() or "fr")
        return render(request, "odd17/failures/failure.html", {"title": title, "said": sentence}, status=status)
