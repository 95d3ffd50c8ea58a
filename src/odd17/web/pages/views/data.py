"""The data of a release: inputs, checks, what was left out, files."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from ..coverage_page import coverage_page
from ..current import release_of
from ..data_page import data_page
from ..page_cache import page_of_release


@page_of_release
def data(request: HttpRequest) -> HttpResponse:
    """The data page."""
    release = release_of(request)
    return render(request, "odd17/data.html", {"view": data_page(release), "coverage": coverage_page(release)})
