"""The private link of a contact: what is kept, and the buttons that renew it or take it out everywhere."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from odd17.web.practices.consent import ASKED_BEFORE, KEPT_AFTER
from odd17.web.practices.models import PracticeContact

from ..contacts import RENEWAL, contact_renew, contact_withdraw
from ..personal import contact_data
from ..selectors import can_read

_DONE = {"renew": "renewed", "withdraw": "withdrawn"}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def contact(request: HttpRequest, token: str) -> HttpResponse:
    """Show what is kept; on POST, renew it or take it out. Following the link does nothing."""
    found = get_object_or_404(PracticeContact.objects.select_related("practice"), token=token)
    act = request.POST.get("act", "")
    if request.method == "POST":
        if act not in _DONE:
            return HttpResponseBadRequest(_("Choose to renew or to withdraw."))
        (contact_renew if act == "renew" else contact_withdraw)(contact=found)
    today = timezone.localdate()
    shown = {
        "contact": found,
        "practice": found.practice,
        "readable": can_read(found.practice, request.user),
        "done": _DONE.get(act, ""),
        "over": found.ends < today,
        "erased": found.ends + KEPT_AFTER,
        "renewable": found.ends <= today + ASKED_BEFORE,
        "renewal": RENEWAL,
    }
    return render(request, "contributions/contact.html", shown)


@never_cache
@require_safe
def contact_file(request: HttpRequest, token: str) -> HttpResponse:
    """What is kept of a contact, as a file."""
    found = get_object_or_404(PracticeContact.objects.select_related("practice"), token=token)
    answer = JsonResponse(contact_data(found), json_dumps_params={"ensure_ascii": False, "indent": 2})
    answer.headers["Content-Disposition"] = 'attachment; filename="odd17-contact.json"'
    return answer
