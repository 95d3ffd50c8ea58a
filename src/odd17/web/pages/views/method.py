"""How scores are made: drawn from the frame and the method log of the release."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from ..current import release_of
from ..method_page import method_page
from ..page_cache import page_of_release


@page_of_release
def method(request: HttpRequest) -> HttpResponse:
    """Steps, frame with the status of each weight, and one score worked out."""
    return render(request, "odd17/method.html", {"view": method_page(release_of(request))})
