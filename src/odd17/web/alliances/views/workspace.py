"""The workspaces of an account: the list, a new one, the page of one, and its purpose."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from odd17.core.kernel import domains as all_domains

from ..days import today
from ..forms import OrganisationForm, PurposeForm
from ..models import Alliance, Person, new_token
from ..selectors import alliances_for
from ..services import Changed, alliance_begin, alliance_change
from ..workspace_page import purpose_of, workspace_page
from .asked import faults, for_members, shown, steward_only, version_asked


@never_cache
@login_required
@require_safe
def alliances(request: HttpRequest) -> HttpResponse:
    """The alliances in which one acts."""
    return render(request, "alliances/list.html", {"alliances": alliances_for(request.user)})


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: HttpRequest) -> HttpResponse:
    """Begin an alliance, from nothing or from a priority (``territoire``, ``domaine`` in the address)."""
    first = {
        "territory": request.GET.get("territoire", ""),
        "domains": [one.id for one in all_domains() if {one.id, one.slug} & set(request.GET.getlist("domaine"))],
        "begun": today(),
        "contract": 3,
        "collective": 3,
    }
    form, organisation = PurposeForm(request.POST or None, initial=first), OrganisationForm(request.POST or None)
    once = request.POST.get("once", "")[:64] or new_token()
    if request.method == "POST" and form.is_valid() and organisation.is_valid():
        told = organisation.cleaned_data
        begun = alliance_begin(
            account=request.user,
            told=form.cleaned_data,
            organisation=told["organisation"],
            kind=told["kind"],
            once=once,
        )
        return redirect(begun)
    wrong = [*faults(form), *faults(organisation)] if request.method == "POST" else []
    shown_here = {"form": form, "organisation": organisation, "faults": wrong, "once": once}
    return render(request, "alliances/begin.html", shown_here, status=422 if wrong else 200)


@for_members
@require_safe
def workspace(request: HttpRequest, alliance: Alliance, place: Person) -> HttpResponse:
    """All that the members see."""
    return render(request, "alliances/workspace.html", shown(alliance, place, view=workspace_page(alliance, place)))


@for_members
@require_http_methods(["GET", "HEAD", "POST"])
def purpose(request: HttpRequest, alliance: Alliance, place: Person) -> HttpResponse:
    """Change the purpose; whoever comes second is shown both and loses nothing."""
    steward_only(place)
    names = PurposeForm.base_fields
    form = PurposeForm(request.POST or None, initial={name: getattr(alliance, name) for name in names})
    context: dict[str, Any] = shown(alliance, place, form=form, version=alliance.version)
    if request.method != "POST":
        return render(request, "alliances/purpose.html", context)
    if not form.is_valid():
        context |= {"faults": faults(form), "version": version_asked(request)}
        return render(request, "alliances/purpose.html", context, status=422)
    try:
        alliance_change(alliance=alliance, version=version_asked(request), told=form.cleaned_data)
    except Changed as error:
        # the form keeps what was typed, and carries today's version: sending it again overrides knowingly
        context |= {"alliance": error.now, "version": error.now.version, "theirs": purpose_of(error.now)}
        return render(request, "alliances/purpose.html", context, status=409)
    messages.success(request, _("The purpose is changed."))
    return redirect(alliance)
