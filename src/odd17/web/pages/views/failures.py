"""Pages for what went wrong: they say what, and what to do next."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.csrf import requires_csrf_token

from odd17.web.api.problems import nothing_here


@requires_csrf_token
def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404, with what the view said of it."""
    if request.path_info.startswith("/api/v1/"):
        return nothing_here(request, exception)
    said = exception.args[0] if exception and exception.args else None
    words = str(said) if isinstance(said, str | Promise) else None
    return _failure(request, 404, _("This page does not exist"), words)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: the host may be one that is not ours, so that no address can be made."""
    return _bare(400, _("This request could not be understood"), "")


@requires_csrf_token
def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403, and what to do for who is signed in."""
    user = getattr(request, "user", None)
    signed_in = user is not None and user.is_authenticated
    remedy = _("Your account has no right to this page. Whoever manages the site can give it the right.")
    return _failure(request, 403, _("This request was refused"), remedy if signed_in else None)


def csrf_refused(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403, for a form sent from another site or without our cookie."""
    remedy = _("The form must be sent from this site, with its cookie. Go back, reload the page and send it again.")
    return _failure(request, 403, _("This form was refused"), remedy)


def broken(request: HttpRequest) -> HttpResponse:
    """500: drawn without the release, which may be what is broken."""
    said = _(
        "The fault is ours, and it has been recorded. Try again in a moment; if it lasts, tell those who run this site."
    )
    return _bare(500, _("Something broke on our side"), said)


def _failure(request: HttpRequest, status: int, title: str, said: str | None) -> HttpResponse:
    return render(request, "odd17/failures/failure.html", {"title": title, "said": said}, status=status)


def _bare(status: int, title: str, said: str) -> HttpResponse:
    return HttpResponse(render_to_string("odd17/failures/bare.html", {"title": title, "said": said}), status=status)
