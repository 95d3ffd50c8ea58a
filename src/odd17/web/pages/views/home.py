"""The home page: the search box, the map of regions, and what there is."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from odd17.core.territories.levels import Level

from ..coverage_page import coverage_page
from ..current import release_of
from ..drawings import map_drawing
from ..overview import overview
from ..page_cache import page_of_release


@page_of_release
def home(request: HttpRequest) -> HttpResponse:
    """Home."""
    release = release_of(request)
    caption = _("Choose a region on the map or in the table.")
    drawn = map_drawing(release, "territories", Level.REGION, get_language() or "fr", caption)
    return render(
        request, "odd17/home.html", {"overview": overview(release), "map": drawn, "coverage": coverage_page(release)}
    )
