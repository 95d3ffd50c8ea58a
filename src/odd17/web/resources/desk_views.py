"""Requests for those who answer them: what waits, the oldest first, and each one. Others are told of no such page."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from odd17.core.resources.requests import State, next_states
from odd17.web.contributions.models import new_token

from .forms import DecisionForm
from .selectors import HANDLE, requests_for
from .services import NoSuchMove, Stale, request_decide

_PAGE = 50


@never_cache
@login_required
@require_safe
def waiting(request: HttpRequest) -> HttpResponse:
    """What waits, sorted by age, late ones marked; with ``?toutes=1`` what is closed too."""
    _may(request)
    found = requests_for(request.user)
    every = request.GET.get("toutes") == "1"
    if not every:
        found = found.filter(state__in=[state.value for state in State if next_states(state)])
    shown = {"listed": Paginator(found, _PAGE).get_page(request.GET.get("page")), "every": every}
    return render(request, "resources/desk.html", shown)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def waiting_one(request: HttpRequest, number: int) -> HttpResponse:
    """One request: read it, answer, move it, take charge."""
    _may(request)
    found = get_object_or_404(requests_for(request.user), pk=number)
    fresh = {"once": new_token(), "version": found.version}
    form, status = DecisionForm(request.POST or None, initial=fresh, states=found.next_choices, auto_id="%s"), 200
    if request.method == "POST":
        status = 422
        if "state" in form.errors or form.is_valid():
            said = form.cleaned_data
            try:
                if form.is_valid():
                    request_decide(request=found, by=request.user, **said)
                    return redirect("request_desk_one", found.pk)
            except (Stale, NoSuchMove):
                pass
            status = 409
            form.add_error(None, _("Somebody answered in the meantime: read what changed, then send again."))
            form.data = {**form.data.dict(), "version": found.version}
    return render(request, "resources/desk_one.html", {"asked": found, "form": form}, status=status)


def _may(request: HttpRequest) -> None:
    if not request.user.has_perm(HANDLE):
        raise Http404
