"""Who works on a programme: invited by a link, joining, leaving."""

from __future__ import annotations

from datetime import timedelta

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from odd17.web.contributions.limits import may

from ..models import Editor, EditorInvitation
from ..services import Refused, editor_leave, editor_remove, invitation_take, invitation_withdraw
from ..services import invite as make_invitation
from .asked import for_editors

LASTS = timedelta(days=30)
"""How long a link lets somebody in."""


@for_editors
@require_POST
def invite(request: HttpRequest, place: Editor) -> HttpResponse:
    """Make a link to hand to somebody."""
    if may(request, "programme_invite", str(request.user.pk)):
        make_invitation(programme=place.programme)
    else:
        messages.error(request, _("Too many at once."))
    return redirect(f"{place.programme.get_absolute_url()}#people")


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest, token: str) -> HttpResponse:
    """Become an editor."""
    fresh = EditorInvitation.objects.filter(used=None, made__gt=timezone.now() - LASTS)
    invitation = get_object_or_404(fresh.select_related("programme"), token=token)
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
def invitation_out(request: HttpRequest, place: Editor, number: int) -> HttpResponse:
    """Withdraw a link that nobody used yet."""
    invitation_withdraw(invitation=get_object_or_404(place.programme.invitations, pk=number, used=None))
    messages.success(request, _("The link leads nowhere now."))
    return redirect(f"{place.programme.get_absolute_url()}#people")


@for_editors
@require_POST
def remove(request: HttpRequest, place: Editor, number: int) -> HttpResponse:
    """Take somebody's place; the owner alone does."""
    other = get_object_or_404(place.programme.editors.select_related("account"), pk=number)
    try:
        editor_remove(place=other, by=place)
    except Refused:
        messages.error(request, _("Its owner alone takes somebody off a programme."))
    else:
        messages.success(request, _("{who} works on it no more.").format(who=other.account))
    return redirect(f"{place.programme.get_absolute_url()}#people")


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
