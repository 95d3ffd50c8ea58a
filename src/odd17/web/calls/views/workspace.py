"""Calls in the workspace of their alliance: published, closed, their answers read and decided by members alone."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from odd17.core.kernel import DataError
from odd17.web.alliances.models import Alliance, Person, new_token
from odd17.web.alliances.views.asked import faults, for_members, shown, steward_only
from odd17.web.contributions.limits import may
from odd17.web.pages.templatetags.words import said

from ..forms import CallForm, DecisionForm
from ..selectors import answers_to
from ..services import Decided, answer_decide, call_close, call_publish

_ON_A_PAGE = 20


@for_members
@require_safe
def calls_of(request: HttpRequest, alliance: Alliance, place: Person) -> HttpResponse:
    """The calls of the alliance, the newest first."""
    found = Paginator(alliance.calls.order_by("-pk"), _ON_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "calls/of_alliance.html", shown(alliance, place, calls=found))


@for_members
@require_http_methods(["GET", "HEAD", "POST"])
def publish(request: HttpRequest, alliance: Alliance, place: Person) -> HttpResponse:
    """Publish a call."""
    steward_only(place)
    first = {"need": alliance.need, "territory": alliance.territory, "domains": alliance.domains}
    form = CallForm(request.POST or None, initial=first)
    once = request.POST.get("once", "")[:64] or new_token()
    refused, status = "", 200
    if request.method == "POST":
        status = 422
        if not may(request, "call_publish", str(alliance.pk)):
            refused, status = _("Several calls were published within the day: please come back later."), 429
        elif form.is_valid():
            try:
                made = call_publish(
                    alliance=alliance,
                    account=request.user,
                    once=once,
                    language=get_language() or "fr",
                    told=form.cleaned_data,
                )
            except DataError as error:
                refused = said(error)
            else:
                messages.success(request, _("The call is public."))
                return redirect("alliance_call", alliance.pk, made.pk)
    wrong = faults(form) if status == 422 else []
    context = shown(alliance, place, form=form, once=once, faults=wrong, refused=refused)
    return render(request, "calls/publish.html", context, status=status)


@for_members
@require_safe
def call_in(request: HttpRequest, alliance: Alliance, place: Person, call: int) -> HttpResponse:
    """A call with its answers."""
    return _answers(request, alliance, place, call)


@for_members
@require_POST
def close(request: HttpRequest, alliance: Alliance, place: Person, call: int) -> HttpResponse:
    """Take no more answers."""
    steward_only(place)
    found = get_object_or_404(alliance.calls, pk=call)
    call_close(call=found)
    return redirect("alliance_call", alliance.pk, found.pk)


@for_members
@require_POST
def decide(request: HttpRequest, alliance: Alliance, place: Person, call: int, answer: int) -> HttpResponse:
    """Invite who answered, or decline with a word."""
    steward_only(place)
    found = get_object_or_404(answers_to(get_object_or_404(alliance.calls, pk=call)), pk=answer)
    form = DecisionForm(request.POST)
    if not form.is_valid():
        wrong = [("", "", error) for errors in form.errors.values() for error in errors]
        return _answers(request, alliance, place, call, wrong, 422)
    told = form.cleaned_data
    try:
        answer_decide(answer=found, by=request.user, accepted=told["accepted"] == "1", reply=told["reply"])
    except Decided:  # a colleague was quicker: what they wrote stands, and is shown with what was typed here
        wrong = [("", "", _("Somebody of the alliance has answered already: see below. Your words were not sent."))]
        return _answers(request, alliance, place, call, wrong, 409, told["reply"])
    messages.success(request, _("Your answer is sent."))
    return redirect("alliance_call", alliance.pk, call)


def _answers(
    request: HttpRequest,
    alliance: Alliance,
    place: Person,
    call: int,
    wrong: list[tuple[str, str, str]] | None = None,
    status: int = 200,
    unsent: str = "",
) -> HttpResponse:
    found = get_object_or_404(alliance.calls, pk=call)
    page = Paginator(answers_to(found).order_by("-pk"), _ON_A_PAGE).get_page(request.GET.get("page"))
    context = shown(alliance, place, call=found, answers=page, faults=wrong or [], unsent=unsent)
    return render(request, "calls/answers.html", context, status=status)
