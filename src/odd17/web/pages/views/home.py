"""The home page: the search box, the map of regions, and what there is."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from ..current import release_of
from ..overview import overview
from ..page_cache import page_of_release


@page_of_release
def home(request: HttpRequest) -> HttpResponse:
    """Home."""
    return render(request, "odd17/home.html", {"overview": overview(release_of(request))})
