"""Two to four territories side by side."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from ..compare_page import compare_page
from ..current import release_of
from ..page_cache import page_of_release


@page_of_release
def compare(request: HttpRequest) -> HttpResponse:
    """``t`` names a territory by identifier, code or name, up to four times; the form says what it cannot find."""
    asked = [name.strip()[:200] for name in request.GET.getlist("t") if name.strip()]
    view = compare_page(release_of(request), asked)
    return render(request, "odd17/compare.html", {"view": view}, status=422 if view.problems else 200)
