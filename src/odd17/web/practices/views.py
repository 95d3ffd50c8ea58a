"""The page of a practice."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from .models import Practice
from .public_page import whole_page
from .selectors import readable_by


@require_safe
def practice(request: HttpRequest, number: int, words: str) -> HttpResponse:
    """One practice that the reader may read; 404 for others, as where there is none.

    An address with other words leads to today's, that of one merged to the one kept.
    """
    number, readable = min(number, 2**62), readable_by(request.user)
    merged = Practice.objects.filter(pk=number, live=False, merged_into__in=readable).select_related("merged_into")
    if (one := merged.first()) is not None:
        return _for_now(redirect(one.merged_into, permanent=not one.merged_into.private))
    found = get_object_or_404(readable.select_related("locale", "picture"), pk=number)
    if request.path != (today := found.get_absolute_url()):
        return redirect(today, permanent=False)
    answer = render(request, "practices/practice.html", whole_page(found))
    if found.private:  # kept by no one between members and the site
        patch_cache_control(answer, private=True, no_store=True)
        answer.headers["X-Robots-Tag"] = "noindex, nofollow"
    return answer


def _for_now(answer: HttpResponse) -> HttpResponse:
    """A merge can be undone: browsers ask again."""
    patch_cache_control(answer, no_cache=True)
    return answer
