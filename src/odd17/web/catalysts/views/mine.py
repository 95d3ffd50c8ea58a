"""An entry for its holder, by their private link: how far it is, changes, the yearly confirmation, the way out."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from odd17.core.kernel.months import months_after
from odd17.core.resources.catalysts import CONFIRM_MONTHS, EXPIRE_MONTHS, freshness
from odd17.web.contributions import limits
from odd17.web.pages.current import release_of

from .. import letters
from ..forms import ChangeForm, LinkForm
from ..models import CatalystEntry
from ..personal import entry_data
from ..selectors import cited_entry, entries_of, entry_catalyst, entry_of
from ..services import Stale, entry_change, entry_renew, entry_withdraw
from .begin import carried_said


@never_cache
@require_safe
def mine(request: HttpRequest, token: str) -> HttpResponse:
    """How far it is."""
    found = _mine(token)
    shown: dict[str, Any] = {"entry": found}
    if found.public and found.confirmed is not None:
        catalyst = entry_catalyst(found, release_of(request).cog)
        shown |= {
            "freshness": freshness(catalyst, timezone.localdate()),
            "until": months_after(found.confirmed, CONFIRM_MONTHS),
            "hidden": months_after(found.confirmed, EXPIRE_MONTHS),
        }
    return render(request, "catalysts/mine.html", shown)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, token: str) -> HttpResponse:
    """The form of changes, on the version that is read; a moderator reads them before readers do."""
    found = _mine(token)
    if request.method != "POST":
        form = ChangeForm(initial=_typed(found) | {"version": found.version, "consent": True})
        return render(request, "catalysts/change.html", {"entry": found, "form": form})
    form = ChangeForm(request.POST)
    if not form.is_valid():
        return render(request, "catalysts/change.html", {"entry": found, "form": form}, status=422)
    try:
        entry_change(entry=found, version=form.cleaned_data["version"], proposed=form.typed())
    except Stale:
        form.add_error(None, _("This entry changed since you opened it: read it below, then send yours again."))
        form.data = form.data.copy()
        form.data["version"] = found.version
        theirs = ChangeForm(_typed(found) | {"consent": "on"})
        shown = {"entry": found, "form": form, "theirs": theirs}
        return render(request, "catalysts/change.html", shown, status=409)
    for said, today in form.carried:
        messages.info(request, carried_said(said, today))
    messages.success(request, _("Your changes are kept: a moderator reads them."))
    return redirect("catalyst_mine", token)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, token: str) -> HttpResponse:
    """Ask, then erase the entry everywhere; its holder says whether what the report says is shown again."""
    found = _mine(token)
    cited = found.cited if found.public and cited_entry(found.cited) is not None else ""
    if request.method != "POST":
        return render(request, "catalysts/withdraw.html", {"entry": found, "cited": cited})
    altogether = request.POST.get("report") != "stays"
    entry_withdraw(entry=found, altogether=altogether)
    return render(request, "catalysts/withdrawn.html", {"cited": "" if altogether else cited})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def renew(request: HttpRequest, token: str) -> HttpResponse:
    """The link of the reminder: one press confirms the entry; used, the link is one no more."""
    found = CatalystEntry.objects.filter(renewing=token, public=True).first()
    if found is None:
        return render(request, "catalysts/expired.html", status=410)
    if request.method != "POST":
        return render(request, "catalysts/renew.html", {"entry": found})
    entry_renew(entry=found)
    messages.success(request, _("Thank you: the entry is confirmed for twelve months."))
    return redirect("catalyst_mine", found.token)


@never_cache
@require_safe
def data(request: HttpRequest, token: str) -> HttpResponse:
    """All that is kept of an entry, for its holder."""
    answer = JsonResponse(entry_data(_mine(token)), json_dumps_params={"ensure_ascii": False, "indent": 2})
    answer.headers["Content-Disposition"] = 'attachment; filename="odd17-catalyst.json"'
    return answer


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def lost(request: HttpRequest) -> HttpResponse:
    """Send the private link again, to the address of the entry; whether there is one, nobody is told."""
    held = list(entries_of(request.user)) if request.user.is_authenticated else []
    form = LinkForm(request.POST or None, initial={"stamp": limits.new_stamp()})
    if request.method != "POST":
        return render(request, "catalysts/lost.html", {"form": form, "held": held})
    if form.is_trapped:
        return redirect("catalysts")
    status = 422
    if form.is_valid():
        email = form.cleaned_data["email"].lower()
        if limits.may(request, "catalyst_link", email):
            for entry in CatalystEntry.objects.filter(email=email).exclude(address_confirmed=None):
                letters.link_letter(entry)
            return render(request, "catalysts/lost.html", {"done": True})
        form.add_error(None, _("This was asked several times within the hour: please come back later."))
        status = 429
    return render(request, "catalysts/lost.html", {"form": form, "held": held}, status=status)


def _mine(token: str) -> CatalystEntry:
    found = entry_of(token)
    if found is None:
        raise Http404(_("This link opens nothing, or no longer does."))
    return found


def _typed(entry: CatalystEntry) -> dict[str, Any]:
    """What the form shows: what was proposed last, else what readers see."""
    if entry.proposed:
        return dict(entry.proposed)
    shown = ("name", "kind", "summary", "trades", "territories", "domains", "services", "languages", "contact")
    return {name: getattr(entry, name) for name in shown} | {"practices": "\n".join(map(str, entry.practices))}
