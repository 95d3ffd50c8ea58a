"""Entries for moderators: what waits, the oldest first, each one, and stated absences. Others find no such page."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from odd17.web.pages.current import release_of

from ..desk_forms import AbsenceForm, HideForm, ReadForm
from ..forms import EntryForm
from ..models import CatalystEntry, StatedAbsence
from ..selectors import MODERATE, entries_for, entry_catalyst
from ..services import Claimed, Stale, Unfit, absence_remove, absence_state, entry_answer, entry_hide

_PAGE = 50


@never_cache
@login_required
@require_safe
def waiting(request: HttpRequest) -> HttpResponse:
    """What waits to be read; with ``?toutes=1`` every entry."""
    _may(request)
    every = request.GET.get("toutes") == "1"
    found = entries_for(request.user)
    if not every:
        found = found.filter(state=CatalystEntry.State.SENT)
    shown = {"listed": Paginator(found, _PAGE).get_page(request.GET.get("page")), "every": every}
    return render(request, "catalysts/desk.html", shown)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def waiting_one(request: HttpRequest, number: int) -> HttpResponse:
    """One entry: what is proposed beside what readers see; publish it, ask for changes, or decline it."""
    _may(request)
    found = get_object_or_404(entries_for(request.user), pk=number)
    form, status = ReadForm(request.POST or None, initial={"version": found.version}, auto_id="%s"), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                entry_answer(entry=found, **form.cleaned_data)
            except Stale:
                said = _("Somebody answered, or its holder changed it, in the meantime: read it again, then decide.")
            except Claimed:
                said = _("Somebody else holds the entry that it claims: decline it.")
            except Unfit:
                said = _("It cannot be published as it stands: see what is wrong below, and ask its holder.")
            else:
                messages.success(request, _("The holder was answered."))
                return redirect("catalyst_desk")
            status = 409
            form.add_error(None, said)
            form.data = {**form.data.dict(), "version": found.version}
    proposed = EntryForm(found.proposed | {"consent": "on"}) if found.proposed else None
    cog = release_of(request).cog
    shown: dict[str, Any] = {
        "entry": found,
        "form": form,
        "proposed": proposed,
        "differences": differences(found, proposed, cog),
        "rivals": CatalystEntry.objects.filter(cited=found.cited).exclude(pk=found.pk) if found.cited else (),
        "catalyst": entry_catalyst(found, cog) if found.public else None,
    }
    return render(request, "catalysts/desk_one.html", shown, status=status)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def take_out(request: HttpRequest, number: int) -> HttpResponse:
    """Take a public entry out of the directory, and say why; 404 for one that is not public."""
    _may(request)
    found = get_object_or_404(entries_for(request.user).filter(public=True), pk=number)
    form, status = HideForm(request.POST or None, initial={"version": found.version}, auto_id="%s"), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                entry_hide(entry=found, version=form.cleaned_data["version"], text=form.cleaned_data["why"])
            except Stale:
                status = 409
                said = _("Somebody answered, or its holder changed it, in the meantime: read it again, then decide.")
                form.add_error(None, said)
                form.data = {**form.data.dict(), "version": found.version}
            else:
                messages.success(request, _("The entry is out of the directory, and its holder was told why."))
                return redirect("catalyst_desk")
    return render(request, "catalysts/take_out.html", {"entry": found, "form": form}, status=status)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def absences(request: HttpRequest) -> HttpResponse:
    """Where somebody looked and found nobody: said, with who looked and when, or taken back."""
    _may(request)
    removed = request.POST.get("remove", "")
    if removed.isascii() and removed.isdigit() and len(removed) < 12:
        absence_remove(number=int(removed))
        return redirect("catalyst_absences")
    form = AbsenceForm(request.POST or None)
    status = 200
    if request.method == "POST":
        if form.is_valid():
            absence_state(**form.cleaned_data)
            return redirect("catalyst_absences")
        status = 422
    cog = release_of(request).cog
    listed = Paginator(StatedAbsence.objects.all(), _PAGE).get_page(request.GET.get("page"))
    shown = {
        "form": form,
        "listed": listed,
        "rows": [(one, cog[one.territory].name if one.territory in cog else one.territory) for one in listed],
    }
    return render(request, "catalysts/absences.html", shown, status=status)


def differences(entry: CatalystEntry, proposed: EntryForm | None, cog: Any) -> list[tuple[str, object, object]]:
    """What is proposed, field by field: its title, what readers see, and what they would see; [] where it is unfit."""
    if proposed is None or not proposed.is_valid():
        return []

    def said(name: str, value: Any) -> object:
        if name == "territories":
            return ", ".join(f"{id} {cog[id].name}" if id in cog else id for id in value)
        if isinstance(value, list):
            names = dict(getattr(proposed.fields[name], "choices", ()))
            return ", ".join(str(names.get(one, one)) for one in value)
        return dict(getattr(proposed.fields[name], "choices", ())).get(value, value)

    return [
        (
            str(proposed.fields[name].label),
            said(name, getattr(entry, name)) if entry.public else None,
            said(name, proposed.cleaned_data[name]),
        )
        for name in proposed.fields
        if name not in ("contact", "consent")
    ]


def _may(request: HttpRequest) -> None:
    if not request.user.has_perm(MODERATE):
        raise Http404
