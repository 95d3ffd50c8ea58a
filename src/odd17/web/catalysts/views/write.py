"""Putting in touch: a visitor writes to an entry's holder, whose address they do not see."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from odd17.web.accounts.addresses import confirmed_address
from odd17.web.contributions import limits
from odd17.web.pages.current import release_of

from ..messages import UNCONFIRMED, NotSent, message_send, message_write
from ..models import CatalystEntry, CatalystMessage
from ..selectors import reachable
from ..visitor_form import WriteForm


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest, id: str) -> HttpResponse:
    """The form of a message, or its sending. A trapped form is thanked and forgotten."""
    entry = reachable(id, release_of(request).cog)
    if entry is None:
        raise Http404(_("Nobody can be written to here."))
    address = confirmed_address(request.user)
    if request.method != "POST":
        return _page(request, entry, WriteForm(initial={"stamp": limits.new_stamp()}, asks=not address))
    form = WriteForm(request.POST, asks=not address)
    if form.is_trapped:
        return redirect(entry)
    if not form.is_valid():
        return _page(request, entry, form, status=422)
    stamp, email = form.cleaned_data["stamp"], address or form.cleaned_data["email"]
    known = CatalystMessage.objects.filter(once=stamp).exists()
    if not known and not _may(request, entry, email):
        form.add_error(None, _("Many messages were written in a short time: please come back tomorrow."))
        return _page(request, entry, form, status=429)
    written = message_write(
        entry=entry,
        once=stamp,
        language=get_language() or "fr",
        name=form.cleaned_data["name"],
        email=email,
        text=form.cleaned_data["text"],
        asks=not address,
    )
    if address:
        return _sent(request, written)
    return render(request, "catalysts/written.html", {"entry": entry, "email": email, "days": UNCONFIRMED.days})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def message(request: HttpRequest, token: str) -> HttpResponse:
    """Confirm one's address, and send the message: a page asks, since programs that read e-mails follow links.

    Nothing is sent to an entry that was hidden since.
    """
    found = get_object_or_404(CatalystMessage.objects.select_related("entry"), token=token)
    hidden = reachable(found.entry.slug, release_of(request).cog) != found.entry
    if found.sent is None and (hidden or found.made < timezone.now() - UNCONFIRMED):
        return render(request, "catalysts/expired.html", status=410)
    if request.method == "POST":
        return _sent(request, found)
    return render(request, "catalysts/message.html", {"message": found, "done": found.sent is not None})


def _sent(request: HttpRequest, message: CatalystMessage) -> HttpResponse:
    try:
        message_send(message=message)
    except NotSent:
        return render(request, "catalysts/message.html", {"message": message, "failed": True}, status=503)
    return render(request, "catalysts/message.html", {"message": message, "done": True})


def _may(request: HttpRequest, entry: CatalystEntry, email: str) -> bool:
    return limits.may(request, "catalyst_message", email) and limits.may(request, "catalyst_messages", str(entry.pk))


def _page(request: HttpRequest, entry: CatalystEntry, form: WriteForm, status: int = 200) -> HttpResponse:
    return render(request, "catalysts/write.html", {"entry": entry, "form": form}, status=status)
