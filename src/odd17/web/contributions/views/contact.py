"""The withdrawal link: what is kept of a contact, and the button that takes it out everywhere."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from odd17.web.practices.models import PracticeContact

from ..personal import contact_data
from ..services import contact_withdraw


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, token: str) -> HttpResponse:
    """Show what is kept; on POST, take it out."""
    contact = get_object_or_404(PracticeContact.objects.select_related("practice"), token=token)
    practice = contact.practice
    if request.method == "POST":
        contact_withdraw(contact=contact)
    shown = {"contact": contact, "practice": practice, "done": request.method == "POST"}
    return render(request, "contributions/withdraw.html", shown)


@never_cache
@require_safe
def contact_file(request: HttpRequest, token: str) -> HttpResponse:
    """What is kept of a contact, as a file."""
    contact = get_object_or_404(PracticeContact.objects.select_related("practice"), token=token)
    answer = JsonResponse(contact_data(contact), json_dumps_params={"ensure_ascii": False, "indent": 2})
    answer.headers["Content-Disposition"] = 'attachment; filename="odd17-contact.json"'
    return answer
