"""Sending a letter, for those who may: others are told of no such page."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from ..models import Letter
from ..selectors import SEND, letter_for, recipients
from ..sending import AT_ONCE, Empty, letter_deliver, letter_queue, letter_tally

_PAGE = 50


@never_cache
@login_required
@require_safe
def sendings(request: HttpRequest) -> HttpResponse:
    """The letters, and how far each is."""
    if not request.user.has_perm(SEND):
        raise Http404
    listed = Paginator(Letter.objects.all(), _PAGE).get_page(request.GET.get("page"))
    return render(request, "newsletter/sendings.html", {"listed": listed, "recipients": recipients()})


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def sending(request: HttpRequest, number: int) -> HttpResponse:
    """A letter as it will be read; sending it, or going on with it, some at a time."""
    found = letter_for(request.user, number)
    if request.method == "POST":
        try:
            letter_queue(letter=found)
        except Empty:
            messages.error(request, _("Nobody receives the letter yet: no address is confirmed."))
            return redirect("newsletter_sending", number)
        if letter_deliver(letter=found, most=AT_ONCE).trouble:
            messages.error(request, _("The server of e-mails does not answer: what is left can be sent later."))
        return redirect("newsletter_sending", number)
    languages = [(name, found.title(code), found.text(code)) for code, name in settings.LANGUAGES]
    shown = {
        "letter": found,
        "languages": languages if found.title_en else languages[:1],
        "recipients": recipients(),
        "tally": letter_tally(letter=found) if found.queued else None,
        "at_once": AT_ONCE,
    }
    return render(request, "newsletter/sending.html", shown)
