"""What an alliance shows outside: its card, once all agree; a practice to draft."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from odd17.web.contributions.services import answers_save, contribution_begin
from odd17.web.pages.language import language

from ..drafted import drafted_practice
from ..models import Alliance, Person
from ..selectors import card_stands
from ..workspace_page import card_page
from .asked import for_members


@never_cache
@require_safe
def card(request: HttpRequest, number: int) -> HttpResponse:
    """The public card: it exists while every partner who is there agrees, and says what they agreed to."""
    found = get_object_or_404(Alliance, pk=number)
    if not card_stands(found):
        raise Http404
    return render(request, "alliances/card.html", {"alliance": found, "view": card_page(found)})


@for_members
@require_POST
def draft(request: HttpRequest, alliance: Alliance, place: Person) -> HttpResponse:
    """Draft a practice with what is known of the alliance; its author goes on from there."""
    begun = contribution_begin(
        once=f"alliance-{alliance.pk}-{place.pk}", language=language(), email=request.user.email, account=request.user
    )
    if begun.is_open and not begun.answers:
        for part, typed in drafted_practice(alliance).items():
            answers_save(contribution=begun, part=part, typed=typed)
    return redirect(reverse("proposal", args=[begun.pk]))
