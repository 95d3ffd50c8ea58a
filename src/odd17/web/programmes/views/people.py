"""Who works on a programme: invited by a link, joining, leaving."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from ..models import Editor, EditorInvitation
from ..services import Refused, editor_leave, invitation_take
from ..services import invite as make_invitation
from .asked import for_editors


@for_editors
@require_POST
def invite(request: HttpRequest, place: Editor) -> HttpResponse:
    """Make a link to hand to somebody."""
    make_invitation(programme=place.programme)
    return redirect(f"{place.programme.get_absolute_url()}#people")


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest, token: str) -> HttpResponse:
    """Become an editor."""
    invitation = get_object_or_404(EditorInvitation.objects.select_related("programme"), token=token, used=None)
    if request.method != "POST":
        return render(request, "programmes/join.html", {"invitation": invitation})
    try:
        place = invitation_take(invitation=invitation, account=request.user)
    except Refused:
        messages.error(request, _("This link was used."))
        return redirect("programmes")
    return redirect(place.programme)


@for_editors
@require_POST
def leave(request: HttpRequest, place: Editor) -> HttpResponse:
    """Leave the programme; the last editor cannot."""
    try:
        heir = editor_leave(place=place)
    except Refused:
        messages.error(request, _("You are the last editor: invite somebody before you leave."))
        return redirect(place.programme)
    if heir is not None:
        messages.success(request, _("You left; the programme now belongs to {who}.").format(who=heir.account))
    else:
        messages.success(request, _("You left the programme."))
    return redirect("programmes")
