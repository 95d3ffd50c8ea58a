"""What if the weights, the scale or the mean were others?"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from ..current import release_of
from ..page_cache import page_of_release
from ..what_if_page import what_if_page


@page_of_release
def what_if(request: HttpRequest) -> HttpResponse:
    """The address holds every choice: ``pairs``, ``echelle``, ``moyenne``, and a weight by domain or dimension."""
    view = what_if_page(release_of(request), {name: value[:200] for name, value in request.GET.items()})
    asked_wrongly = view.problem is not None and bool(request.GET)
    return render(request, "odd17/what_if.html", {"view": view}, status=422 if asked_wrongly else 200)
