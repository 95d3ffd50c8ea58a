"""The links of e-mails: each asks with a page and acts on POST, since programs that read e-mails follow links."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from .. import letters, limits
from ..models import Contribution
from ..selectors import my_contribution, open_here
from ..services import contribution_confirm


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Confirm that the address is theirs."""
    found = get_object_or_404(Contribution, confirming=token)
    if request.method != "POST":
        return render(request, "contributions/confirm.html", {"contribution": found})
    contribution_confirm(contribution=found)
    open_here(request, found)
    return redirect("proposal", found.pk)


@never_cache
@require_safe
def resume(request: HttpRequest, token: str) -> HttpResponse:
    """Open the draft again, in this browser."""
    found = get_object_or_404(Contribution, token=token)
    open_here(request, found)
    return redirect("proposal", found.pk)


@never_cache
@require_POST
def send_again(request: HttpRequest, number: int) -> HttpResponse:
    """Send the e-mail of confirmation once more, not too often."""
    found = my_contribution(request, number)
    if found.confirmed is None and limits.may(request, "propose_letter", found.email):
        letters.confirm_letter(found)
    return redirect("proposal", found.pk)
