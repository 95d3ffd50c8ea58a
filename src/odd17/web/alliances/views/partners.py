"""Who is in an alliance: invited, joined, leaving, agreeing to a public card."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from odd17.core.kernel import partner_kinds
from odd17.web.contributions.limits import may

from ..forms import InvitationForm, OrganisationForm, PartnerForm, words_of
from ..models import Alliance, Invitation, Person
from ..services import (
    Changed,
    Refused,
    card_agree,
    description_of,
    invitation_take,
    invitation_withdraw,
    invite,
    partner_describe,
    partner_leave,
    pending,
    person_leave,
    steward_name,
)
from .asked import faults, for_members, shown, steward_only, version_asked

_JOINED = {
    "there": gettext_lazy("This organisation is in the alliance already: ask to be invited for it."),
    "acting": gettext_lazy("You act for another partner of this alliance: stop acting for it first."),
}


@for_members
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, alliance: Alliance, place: Person) -> HttpResponse:
    """Invite somebody by e-mail."""
    steward_only(place)
    here = [(partner.pk, partner.name) for partner in alliance.partners.filter(left=None)]
    form = InvitationForm(here, request.POST or None)
    if request.method == "POST":
        if not may(request, "alliance_invite", str(alliance.pk)):
            return render(request, "self_diagnosis/too_many.html", status=429)
        if form.is_valid():
            chosen = form.cleaned_data["partner"]
            partner = alliance.partners.filter(left=None).get(pk=int(chosen)) if chosen else None
            invite(alliance=alliance, email=form.cleaned_data["email"], partner=partner)
            messages.success(request, _("The invitation is sent."))
            return redirect(alliance)
    wrong = faults(form) if request.method == "POST" else []
    context = shown(alliance, place, form=form, faults=wrong, waiting=pending(alliance))
    return render(request, "alliances/invite.html", context, status=422 if wrong else 200)


@for_members
@require_POST
def invitation_out(request: HttpRequest, alliance: Alliance, place: Person, invitation: int) -> HttpResponse:
    """Take an invitation back."""
    steward_only(place)
    invitation_withdraw(invitation=get_object_or_404(pending(alliance), pk=invitation))
    messages.success(request, _("The invitation is taken back: its link leads nowhere any more."))
    return redirect("alliance_invite", alliance.pk)


@for_members
@require_http_methods(["GET", "HEAD", "POST"])
def describe(request: HttpRequest, alliance: Alliance, place: Person, partner: int) -> HttpResponse:
    """Say what a partner is and does: its own people, or a steward."""
    found = get_object_or_404(alliance.partners.filter(left=None), pk=partner)
    if found != place.partner:
        steward_only(place)
    first = {"kind": found.kind, "role": found.role, "siren": found.siren, "seen": description_of(found)}
    form = PartnerForm(request.POST or None, initial=first)
    refused = ""
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            partner_describe(partner=found, seen=told["seen"].replace("\r\n", "\n"), told=told)
        except Refused:  # the form keeps what was typed; sent again, it overrides knowingly
            found.refresh_from_db()
            form.data = form.data.dict() | {"seen": description_of(found)}
            stands = [*words_of(partner_kinds(), [found.kind]), found.role, found.siren]
            refused = " ".join(
                [
                    _("This entry changed since you opened it: read it below, then send yours again."),
                    " · ".join(filter(None, stands)),
                ]
            )
        else:
            return redirect(alliance)
    wrong = faults(form) if request.method == "POST" else []
    context = shown(alliance, place, form=form, title=found.name, faults=wrong, refused=refused)
    return render(request, "alliances/form.html", context, status=409 if refused else 422 if wrong else 200)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest, token: str) -> HttpResponse:
    """Take an invitation: its link alone lets in, once."""
    found = Invitation.objects.select_related("alliance", "partner").filter(token=token).first()
    if found is None or not pending(found.alliance).filter(pk=found.pk).exists():
        raise Http404
    form = OrganisationForm(request.POST or None)
    wrong: list[tuple[str, str, str]] = []
    if request.method == "POST":
        if found.partner is not None or form.is_valid():
            told = {} if found.partner is not None else form.cleaned_data
            try:
                person = invitation_take(
                    invitation=found,
                    account=request.user,
                    organisation=told.get("organisation", ""),
                    kind=told.get("kind", ""),
                )
            except Refused as error:
                if str(error) == "used":
                    raise Http404 from error
                wrong = [("", "", _JOINED[str(error)])]
            else:
                return redirect(person.partner.alliance)
        else:
            wrong = faults(form)
    return render(
        request,
        "alliances/join.html",
        {"invitation": found, "form": None if found.partner else form, "faults": wrong},
        status=422 if wrong else 200,
    )


@for_members
@require_POST
def leave(request: HttpRequest, alliance: Alliance, place: Person) -> HttpResponse:
    """Stop acting in the alliance."""
    try:
        person_leave(person=place)
    except Refused:
        messages.error(request, _("You are the last who may change this alliance: name somebody else first."))
        return redirect(alliance)
    messages.success(request, _("You no longer act in this alliance."))
    return redirect("alliances")


@for_members
@require_POST
def partner_out(request: HttpRequest, alliance: Alliance, place: Person, partner: int) -> HttpResponse:
    """A partner withdraws or is dissolved: its own people, or a steward, say so with the reason."""
    found = get_object_or_404(alliance.partners.filter(left=None), pk=partner)
    if found != place.partner:
        steward_only(place)
    why = request.POST.get("why", "").strip()[:300]
    if not why:
        messages.error(request, _("Say why: the alliance keeps it."))
        return redirect(alliance)
    try:
        partner_leave(partner=found, why=why, account=request.user)
    except Refused:
        messages.error(request, _("Nobody else could change this alliance: name somebody of another partner first."))
        return redirect(alliance)
    return redirect("alliances" if found == place.partner else alliance)


@for_members
@require_POST
def steward(request: HttpRequest, alliance: Alliance, place: Person, person: int) -> HttpResponse:
    """Let somebody change the alliance, or no longer."""
    steward_only(place)
    found = get_object_or_404(Person, pk=person, partner__alliance=alliance, left=None)
    try:
        steward_name(person=found, steward=request.POST.get("may") == "1")
    except Refused:
        messages.error(request, _("You are the last who may change this alliance: name somebody else first."))
    return redirect(alliance)


@for_members
@require_POST
def agree(request: HttpRequest, alliance: Alliance, place: Person) -> HttpResponse:
    """Agree to a public card for one's own organisation, or no longer."""
    agrees = request.POST.get("agrees") == "1"
    try:
        card_agree(partner=place.partner, version=version_asked(request), agrees=agrees)
    except Changed:
        messages.error(request, _("The words of the card changed since you read them: read them again."))
    return redirect(alliance)
