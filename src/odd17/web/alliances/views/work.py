"""What an alliance does: engagements and what became of them, dialogues, steps of the path."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from odd17.core.alliances.engagements import Event, Fate
from odd17.core.alliances.path import Step, passages, path, stage_at
from odd17.core.kernel import DataError
from odd17.web.pages.templatetags.words import said

from ..days import today
from ..forms import DialogueForm, PromiseEventForm, PromiseForm
from ..models import Alliance, Person, Promise
from ..selectors import path_of
from ..services import dialogue_record, promise_event, promise_make, step_take
from .asked import faults, for_members, shown


@for_members
@require_http_methods(["GET", "HEAD", "POST"])
def promise(request: HttpRequest, alliance: Alliance, place: Person) -> HttpResponse:
    """Engage one's own organisation."""
    form = PromiseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        promise_make(partner=place.partner, told=form.cleaned_data)
        return redirect(alliance)
    return _form(request, alliance, place, form, _("Engage your organisation"))


@for_members
@require_http_methods(["GET", "HEAD", "POST"])
def event(request: HttpRequest, alliance: Alliance, place: Person, promise: int) -> HttpResponse:
    """Say what became of an engagement of one's own organisation; a steward may for any."""
    found = get_object_or_404(Promise, pk=promise, partner__alliance=alliance)
    if found.partner_id != place.partner_id and not place.steward:
        return HttpResponse(status=403)
    form = PromiseEventForm(request.POST or None, initial={"day": today()})
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        happened = Event(told["day"], Fate(told["fate"]), told["reason"], told["due"])
        try:
            promise_event(promise=found, event=happened, account=request.user)
        except DataError as error:
            return _form(request, alliance, place, form, found.what, said(error))
        return redirect(alliance)
    return _form(request, alliance, place, form, found.what)


@for_members
@require_http_methods(["GET", "HEAD", "POST"])
def dialogue(request: HttpRequest, alliance: Alliance, place: Person) -> HttpResponse:
    """Record a governance dialogue."""
    form = DialogueForm(request.POST or None, initial={"day": today()})
    if request.method == "POST" and form.is_valid():
        try:
            dialogue_record(alliance=alliance, told=form.cleaned_data, account=request.user)
        except DataError as error:
            return _form(request, alliance, place, form, _("Record a governance dialogue"), said(error))
        return redirect(alliance)
    return _form(request, alliance, place, form, _("Record a governance dialogue"))


@for_members
@require_http_methods(["GET", "HEAD", "POST"])
def step(request: HttpRequest, alliance: Alliance, place: Person) -> HttpResponse:
    """Pass a stage with its proof and who recognised it, or go back with a reason."""
    history = path_of(alliance)
    here, ways = stage_at(history), passages(history)
    refused = ""
    if request.method == "POST":
        told = request.POST
        passed = {after.id: before for before, after in pairwise(path())}.get(told.get("to", ""), here)
        given = {proof.id: told.get(f"proof_{proof.id}", "").strip()[:2000] for proof in passed.proofs}
        try:
            taken = Step(
                _day(told.get("day", "")),
                told.get("to", ""),
                {id: words for id, words in given.items() if words},
                told.get("recognised_by", "").strip()[:200],
                told.get("reason", "").strip()[:500],
            )
            step_take(alliance=alliance, step=taken, account=request.user)
        except DataError as error:
            refused = said(error)
        else:
            messages.success(request, _("The step is recorded."))
            return redirect(alliance)
    # a colleague passed the stage meanwhile: what was typed to show it is not asked any more, and is not lost
    past = [proof for one in path() if one != here for proof in one.proofs if request.POST.get(f"proof_{proof.id}")]
    context = shown(
        alliance, place, here=here, ways=ways, forward=here != path()[-1], back=here != path()[0], refused=refused,
        typed=request.POST, today=today(), past=past,
    )  # fmt: skip
    return render(request, "alliances/step.html", context, status=422 if refused else 200)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise DataError("this is no day", value=text[:40], remedy="write it as 2024-05-31") from error


def _form(
    request: HttpRequest, alliance: Alliance, place: Person, form: object, title: str, refused: str = ""
) -> HttpResponse:
    wrong = faults(form) if request.method == "POST" else []
    context = shown(alliance, place, form=form, title=title, faults=wrong, refused=refused)
    return render(request, "alliances/form.html", context, status=422 if wrong or refused else 200)
