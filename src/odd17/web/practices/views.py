"""The page of a practice."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from .models import Practice
from .public_page import whole_page
from .scheduled import publish_due
from .selectors import published


@require_safe
def practice(request: HttpRequest, number: int, words: str) -> HttpResponse:
    """One public practice; an address with other words leads to today's, that of one merged to the one kept."""
    publish_due()
    merged = Practice.objects.filter(pk=number, live=False, merged_into__live=True).select_related("merged_into")
    if (one := merged.first()) is not None:
        return _for_now(redirect(one.merged_into, permanent=True))
    found = get_object_or_404(published().select_related("locale", "picture"), pk=number)
    if request.path != (today := found.get_absolute_url()):
        return redirect(today, permanent=False)
    return render(request, "practices/practice.html", whole_page(found))


def _for_now(answer: HttpResponse) -> HttpResponse:
    """A merge can be undone: browsers ask again."""
    patch_cache_control(answer, no_cache=True)
    return answer
