"""What odd17 is."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from ..page_cache import page_of_release


@page_of_release
def about(request: HttpRequest) -> HttpResponse:
    """About."""
    return render(request, "odd17/about.html")
