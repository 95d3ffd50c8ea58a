"""The page to report an error."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from .forms import ErrorReportForm
from .services import TooManyReports, error_report_create


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def report_error(request: HttpRequest) -> HttpResponse:
    """Show the form, or keep what it says. A trapped form is thanked and forgotten."""
    if request.method != "POST":
        asked = {name: request.GET.get(name, "")[:limit] for name, limit in (("page", 500), ("figure", 100))}
        return _form(request, ErrorReportForm(initial=asked))
    form = ErrorReportForm(request.POST)
    if form.is_trapped:
        return redirect("report_thanks")
    if not form.is_valid():
        return _form(request, form, status=422)
    values = form.cleaned_data
    try:
        error_report_create(
            page=values["page"],
            figure=values["figure"],
            message=values["message"],
            email=values["email"],
            consent=values["consent"],
            address=_address(request),
        )
    except TooManyReports:
        form.add_error(None, _("You have sent several reports within the hour: thank you. Send the next one later."))
        return _form(request, form, status=429)
    return redirect("report_thanks")


def report_thanks(request: HttpRequest) -> HttpResponse:
    """The report was kept."""
    return render(request, "error_reports/thanks.html")


def _form(request: HttpRequest, form: ErrorReportForm, status: int = 200) -> HttpResponse:
    shown = {"page_reported": form["page"].value(), "figure_reported": form["figure"].value()}
    return render(request, "error_reports/form.html", {"form": form, **shown}, status=status)


def _address(request: HttpRequest) -> str:
    """Where the request comes from: behind the proxy that HTTPS needs, the address that the proxy saw."""
    seen = request.headers.get("X-Forwarded-For", "") if settings.HTTPS else ""
    return seen.rpartition(",")[2].strip() or request.META.get("REMOTE_ADDR", "")
