"""What views of alliances share: who asks, and how a form is sent back."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache

from ..models import Alliance, Person
from ..selectors import alliance_for, place_in

View = Callable[..., HttpResponse]


def for_members(view: View) -> View:
    """Give a view the alliance and for whom the account acts in it; 404 to anybody else, signing in first."""

    @never_cache
    @login_required
    @wraps(view)
    def answer(request: HttpRequest, number: int, **more: Any) -> HttpResponse:
        alliance = alliance_for(request.user, number)
        return view(request, alliance, place_in(alliance, request.user), **more)

    return answer


def steward_only(place: Person) -> None:
    """Raise PermissionDenied (403) where a member may not change the alliance: they know that it exists."""
    if not place.steward:
        raise PermissionDenied


def version_asked(request: HttpRequest) -> int:
    """The version that a form was shown for; -1, which none is, where it says none."""
    version = request.POST.get("version", "")
    return int(version) if version.isascii() and version.isdigit() and len(version) < 9 else -1


def faults(form: forms.Form) -> list[tuple[str, str, str]]:
    """The errors of a form: the field to lead to, its label, the sentence."""
    return [
        (form[name].id_for_label or form[name].auto_id, str(form.fields[name].label or ""), error)
        for name, errors in form.errors.items()
        if name in form.fields
        for error in errors
    ]


def shown(alliance: Alliance, place: Person, **more: Any) -> dict[str, Any]:
    """What every page of a workspace shows."""
    return {"alliance": alliance, "place": place, **more}
