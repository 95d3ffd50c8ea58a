"""A new entry, or the claim of a cited one: written without an account, its address confirmed by e-mail."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from odd17.core.resources.catalysts import Catalyst
from odd17.web.accounts.addresses import confirmed_address
from odd17.web.contributions import limits
from odd17.web.pages.current import release_of

from ..forms import BeginForm, EntryForm
from ..models import CatalystEntry
from ..selectors import catalyst_shown, holder_of
from ..services import UNCONFIRMED, Claimed, entry_begin, entry_confirm


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: HttpRequest) -> HttpResponse:
    """The form of a new entry, or its sending."""
    return _begin(request, None)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def claim(request: HttpRequest, id: str) -> HttpResponse:
    """The same for an entry that a source cites; 409 where somebody holds it already."""
    if holder_of(id) is not None:
        return render(request, "catalysts/claimed.html", {"id": id}, status=409)
    found = catalyst_shown(id, release_of(request).cog)
    if found is None or not found.cited:
        raise Http404(_("There is no such catalyst."))
    return _begin(request, found)


def _begin(request: HttpRequest, cited: Catalyst | None) -> HttpResponse:
    address = confirmed_address(request.user)
    if request.method != "POST":
        form = BeginForm(initial=_initial(cited) | {"stamp": limits.new_stamp()}, asks=not address)
        return _page(request, form, cited)
    form = BeginForm(request.POST, asks=not address)
    if form.is_trapped:
        return redirect("catalysts")
    if not form.is_valid():
        return _page(request, form, cited, status=422)
    stamp, email = form.cleaned_data["stamp"], address or form.cleaned_data["email"]
    known = CatalystEntry.objects.filter(once=stamp).exists()
    if not known and not limits.may(request, "catalyst_begin", email):
        said = _("Several entries were begun within the hour: please come back later.")
        form.add_error(None, said)
        return _page(request, form, cited, status=429)
    try:
        begun = entry_begin(
            once=stamp,
            language=get_language() or "fr",
            email=email,
            proposed=form.typed(),
            cited="" if cited is None else cited.id,
            account=request.user if address else None,
        )
    except Claimed:
        return render(request, "catalysts/claimed.html", {"id": "" if cited is None else cited.id}, status=409)
    if address:
        _told(request, form.carried)
        return redirect("catalyst_mine", begun.token)
    shown = {"carried": form.carried, "days": UNCONFIRMED.days}
    return render(request, "catalysts/sent.html", shown)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Confirm that the address is theirs: a page asks, since programs that read e-mails follow links."""
    found = get_object_or_404(CatalystEntry, confirming=token)
    if found.address_confirmed is None and found.made < timezone.now() - UNCONFIRMED:
        return render(request, "catalysts/expired.html", status=410)
    if request.method != "POST":
        return render(request, "catalysts/confirm.html", {"entry": found})
    entry_confirm(entry=found)
    return redirect("catalyst_mine", found.token)


def _told(request: HttpRequest, carried: list[tuple[str, str]]) -> None:
    for said, today in carried:
        messages.info(request, carried_said(said, today))


def carried_said(said: str, today: str) -> str:
    """That a name of an older vintage was carried to a territory of today."""
    return _("“%(said)s” is of an older vintage: the entry covers %(today)s.") % {"said": said, "today": today}


def _initial(cited: Catalyst | None) -> dict[str, object]:
    if cited is None:
        return {"languages": ["fr"], "kind": "catalyst"}
    return {
        "name": cited.name,
        "kind": cited.kind.value,
        "summary": cited.summary,
        "trades": [*cited.trades, *cited.doubtful_trades],
        "domains": list(cited.domains),
        "territories": list(cited.territories),
        "languages": list(cited.languages),
    }


def _page(request: HttpRequest, form: EntryForm, cited: Catalyst | None, status: int = 200) -> HttpResponse:
    return render(request, "catalysts/begin.html", {"form": form, "cited": cited}, status=status)
