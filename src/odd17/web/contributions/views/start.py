"""The first page: what it is about, the drafts of this person, and an address to answer to."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from odd17.web.accounts.addresses import confirmed_address

from .. import limits
from ..forms import StartForm
from ..models import Contribution
from ..selectors import mine, open_here
from ..services import contribution_begin
from ..steps import PARTS


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    """Show the form, or begin a draft. A trapped form is thanked and forgotten."""
    address = confirmed_address(request.user)
    if request.method != "POST":
        return _page(request, StartForm(initial={"stamp": limits.new_stamp()}, asks=not address))
    form = StartForm(request.POST, asks=not address)
    if form.is_trapped:
        return redirect("home")
    if not form.is_valid():
        return _page(request, form, status=422)
    stamp, email = form.cleaned_data["stamp"], address or form.cleaned_data["email"]
    known = Contribution.objects.filter(once=stamp).exists()
    if not known and not limits.may(request, "propose", email):
        form.add_error(None, _("Several proposals were begun within the hour: finish one, or come back later."))
        return _page(request, form, status=429)
    begun = contribution_begin(
        once=stamp, language=get_language() or "fr", email=email, account=request.user if address else None
    )
    if begun.email == email.lower():
        open_here(request, begun)
    return redirect("proposal_step", begun.pk, PARTS[0].slug)


def _page(request: HttpRequest, form: StartForm, status: int = 200) -> HttpResponse:
    shown = {"form": form, "parts": PARTS, "found": mine(request)}
    return render(request, "contributions/start.html", shown, status=status)
