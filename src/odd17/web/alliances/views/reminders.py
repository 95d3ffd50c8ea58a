"""Being reminded or not: from the link of an e-mail, or from the workspace."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from ..models import Alliance, Person
from ..reminders import person_of_token, reminders_set
from .asked import for_members


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """Stop reminders without signing in, after a page that asks: programs that read e-mails follow links."""
    person = person_of_token(token)
    if person is None:
        raise Http404
    if request.method == "POST":
        reminders_set(person=person, wanted=False)
    return render(request, "alliances/reminders.html", {"stopped": not person.reminders})


@for_members
@require_POST
def choose(request: HttpRequest, alliance: Alliance, place: Person) -> HttpResponse:
    """Say whether one wants to be reminded of this alliance."""
    reminders_set(person=place, wanted=request.POST.get("wanted") == "1")
    messages.success(request, _("You are reminded.") if place.reminders else _("You are reminded no more."))
    return redirect(alliance)
