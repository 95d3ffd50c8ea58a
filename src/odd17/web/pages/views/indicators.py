"""The indicators, and the card of one."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from odd17.web.programmes.citations import citations_version

from ..current import release_of
from ..indicator_page import indicator_page, indicators_by_domain
from ..page_cache import page_of_release


@page_of_release
def indicators(request: HttpRequest) -> HttpResponse:
    """Every indicator of the release, by domain."""
    return render(request, "odd17/indicators.html", {"groups": indicators_by_domain(release_of(request))})


@page_of_release(also=citations_version)
def indicator(request: HttpRequest, identifier: str) -> HttpResponse:
    """Definition, source, distribution and coverage of an indicator."""
    release = release_of(request)
    if identifier not in release.indicators:
        raise Http404(_("No indicator of this release is called “{name}”.").format(name=identifier[:100]))
    return render(request, "odd17/indicator.html", {"view": indicator_page(release, identifier)})
