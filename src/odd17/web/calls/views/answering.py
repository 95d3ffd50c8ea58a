"""Answering a call without an account or with one, and following the answer by its secret link."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from odd17.web.accounts.addresses import confirmed_address
from odd17.web.contributions import limits

from ..forms import AnswerForm
from ..models import Call, CallAnswer
from ..selectors import answer_data
from ..services import Closed, answer_confirm, answer_erase, answer_make


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, number: int) -> HttpResponse:
    """The form, or its sending. A trapped form is thanked and forgotten."""
    call = get_object_or_404(Call, pk=number)
    email = confirmed_address(request.user)
    if request.method != "POST":
        if not call.is_open:
            return redirect(call)
        return _page(request, call, AnswerForm(initial={"stamp": limits.new_stamp()}, asks=not email))
    form = AnswerForm(request.POST, asks=not email)
    if form.is_trapped:
        return redirect(call)
    if not form.is_valid():
        return _page(request, call, form, status=422)
    stamp, told = form.cleaned_data["stamp"], form.cleaned_data
    address = (email or told["email"]).lower()
    known = CallAnswer.objects.filter(once=stamp).exists()
    if not known and not limits.may(request, "call_answer", address):
        form.add_error(None, _("Several answers were sent within the hour: please come back later."))
        return _page(request, call, form, status=429)
    try:
        made = answer_make(
            call=call,
            once=stamp,
            language=get_language() or "fr",
            account=request.user if request.user.is_authenticated else None,
            confirmed=bool(email),
            told={name: told[name] for name in ("name", "organisation", "kind", "text")} | {"email": address},
        )
    except Closed:
        return redirect(call)
    if email:
        return redirect(made)
    return render(request, "calls/answer_sent.html", {"call": call})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Confirm that the address is theirs: a page asks, since programs that read e-mails follow links."""
    found = get_object_or_404(CallAnswer, confirming=token)
    if request.method != "POST":
        return render(request, "calls/answer_confirm.html", {"answer": found})
    answer_confirm(answer=found)
    return redirect(found)


@never_cache
@require_safe
def follow(request: HttpRequest, token: str) -> HttpResponse:
    """An answer for who wrote it: what became of it."""
    found = get_object_or_404(CallAnswer.objects.exclude(confirmed=None), token=token)
    return render(request, "calls/answer_follow.html", {"answer": found})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def erase(request: HttpRequest, token: str) -> HttpResponse:
    """Erase an answer, after a page that asks."""
    found = get_object_or_404(CallAnswer, token=token)
    if request.method != "POST":
        return render(request, "calls/answer_erase.html", {"answer": found})
    answer_erase(answer=found)
    return redirect("calls")


@never_cache
@require_safe
def data(request: HttpRequest, token: str) -> HttpResponse:
    """All that is kept of an answer."""
    found = get_object_or_404(CallAnswer.objects.exclude(confirmed=None), token=token)
    return JsonResponse(answer_data(found), json_dumps_params={"ensure_ascii": False})


def _page(request: HttpRequest, call: Call, form: AnswerForm, status: int = 200) -> HttpResponse:
    return render(request, "calls/answer_make.html", {"call": call, "form": form}, status=status)
