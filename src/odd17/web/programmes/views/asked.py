"""What views of a programme's desk share: who asks, and how a form is sent back."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache

from odd17.core.programmes.plain import programme_from_plain

from ..models import Editor
from ..selectors import editor_of

View = Callable[..., HttpResponse]


def for_editors(view: View) -> View:
    """Give a view the place of the account in the programme; 404 to anybody else, signing in first."""

    @never_cache
    @login_required
    @wraps(view)
    def answer(request: HttpRequest, id: str, **more: Any) -> HttpResponse:
        return view(request, editor_of(request.user, id), **more)

    return answer


def faults(form: forms.Form) -> list[tuple[str, str, str]]:
    """The errors of a form: the field to lead to, its label, the sentence."""
    return [
        (
            form[name].id_for_label if name in form.fields else "",
            str(form[name].label) if name in form.fields else "",
            error,
        )
        for name, errors in form.errors.items()
        for error in errors
    ]


def shown(place: Editor, **more: Any) -> dict[str, Any]:
    """What every page of a desk shows."""
    definition = programme_from_plain(place.programme.definition)
    return {"place": place, "kept": place.programme, "programme": definition, **more}


def version_in(request: HttpRequest) -> int:
    """The version that the form was made from; 0, which nothing has, where it is none."""
    told = request.POST.get("version", "")
    return int(told) if told.isascii() and told.isdigit() and len(told) < 9 else 0
