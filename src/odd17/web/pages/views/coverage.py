"""What is there, how old it is, what is missing; and the territories without a figure of an indicator."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from odd17.core.territories.levels import Level
from odd17.workflows.coverage import territories_without_figure

from ..coverage_page import coverage_page
from ..current import release_of
from ..page_cache import page_of_release

MOST_NAMED = 500
"""Territories named for one reason; the file has them all."""


@page_of_release
def coverage(request: HttpRequest) -> HttpResponse:
    """The 16 domains by level."""
    return render(request, "odd17/coverage.html", {"view": coverage_page(release_of(request))})


@page_of_release
def without_figure(request: HttpRequest, identifier: str, level: str) -> HttpResponse:
    """The territories of a level that have no figure of an indicator, and why."""
    release = release_of(request)
    indicator = release.indicators.get(identifier)
    found = None
    if indicator is not None and level in set(Level):
        found = territories_without_figure(release, identifier, Level(level))
    if found is None:
        raise Http404(_("This indicator has no figure at this level."))
    period, groups = found
    shown = [(group, release.cog.get(group.territories[:MOST_NAMED])) for group in groups]
    facts = {"indicator": indicator, "level": Level(level), "period": period, "groups": shown, "most": MOST_NAMED}
    return render(request, "odd17/without_figure.html", facts)
