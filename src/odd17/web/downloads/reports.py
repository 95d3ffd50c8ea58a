"""A territory's report as PDF."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from odd17.web.pages.current import release_of
from odd17.workflows.report import build_report, file_name

from .answers import attachment, language


@require_safe
def report_file(request: HttpRequest, identifier: str) -> HttpResponse:
    """The report, with the figures of the page."""
    release = release_of(request)
    if identifier not in release.cog:
        raise Http404(_("There is no such report."))
    body = build_report(release, identifier, language())
    return attachment(body, file_name(release, release.cog[identifier], language()), "application/pdf")
