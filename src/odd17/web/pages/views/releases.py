"""The releases, and what changed from each to the next."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from ..current import home_of
from ..page_cache import page_of_release
from ..releases_page import releases_page


@page_of_release
def release_list(request: HttpRequest) -> HttpResponse:
    """Every release that is kept, the newest first."""
    return render(request, "odd17/releases.html", {"view": releases_page(home_of(request))})
