"""The page of a practice."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from .practice_page import practice_page
from .selectors import published


@require_safe
def practice(request: HttpRequest, number: int, words: str) -> HttpResponse:
    """One public practice; an address with other words leads to today's."""
    found = get_object_or_404(published().select_related("locale", "picture"), pk=number)
    if request.path != (today := found.get_absolute_url()):
        return redirect(today, permanent=False)
    return render(request, "practices/practice.html", practice_page(found))
