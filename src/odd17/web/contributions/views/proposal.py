"""A proposal: its steps, how far it is, and the way out."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from odd17.web.workshop.quota import takes_at_most

from ..answers import read
from ..files import MOST_BYTES, FileRefused, read_file
from ..forms import SendForm
from ..limits import may
from ..models import Contribution
from ..personal import contribution_data
from ..selectors import my_contribution, outcome_of
from ..services import (
    NotOpen,
    answers_save,
    attachment_add,
    attachment_remove,
    contribution_forget,
    contribution_send,
)
from ..step_forms import MOST_PARTNERS, Step
from ..steps import BY_SLUG, PARTS, Part, after, before

_FORM_BYTES = MOST_BYTES + 2**20


@never_cache
@require_safe
def proposal(request: HttpRequest, number: int) -> HttpResponse:
    """How far it is, and once it was published, what became of it."""
    found = my_contribution(request, number)
    published = found.state == Contribution.State.PUBLISHED
    outcome = outcome_of(found.practice, request.user) if published else None
    return render(request, "contributions/proposal.html", {"contribution": found, "outcome": outcome})


@never_cache
@takes_at_most(_FORM_BYTES)
@require_http_methods(["GET", "HEAD", "POST"])
def step(request: HttpRequest, number: int, slug: str) -> HttpResponse:
    """A step: shown with what is kept, or kept and followed by the next."""
    found = my_contribution(request, number)
    part = BY_SLUG.get(slug)
    if part is None:
        raise Http404
    if not found.is_open:
        return redirect("proposal", found.pk)
    if request.method != "POST":
        kept = found.answers.get(slug)
        return _step(request, found, part, part.form() if kept is None else part.form(kept, whole=False))
    wanted = _wanted(request)
    form = part.form(request.POST, whole=wanted == "next")
    if getattr(request, "upload_cut", False):
        return _step(request, found, part, form, _("This file is too large: 10 MB at most."), status=413)
    if not form.is_valid():
        return _step(request, found, part, form, status=422)
    file = request.FILES.get("file") if "file" in form.fields else None
    if file is not None and not may(request, "propose_file", ""):
        return _step(request, found, part, form, _("Many documents came within the hour: please come back later."), 429)
    try:
        typed = form.typed()
        if wanted == "more":
            typed["rows"] = min(form.count + 3, MOST_PARTNERS)
        if "caption" in form.fields:
            typed["caption"] = ""
        if file is not None:
            taken = read_file(file.name, file.read())
            attachment_add(contribution=found, file=taken, caption=form.cleaned_data["caption"])
        if wanted == "remove":
            attachment_remove(contribution=found, number=_number(request.POST.get("remove", "")))
        answers_save(contribution=found, part=slug, typed=typed)
    except FileRefused as refused:
        return _step(request, found, part, form, str(refused), status=422)
    except NotOpen:
        return redirect("proposal", found.pk)
    return _after(request, found, part, wanted)


def _wanted(request: HttpRequest) -> str:
    return next((name for name in ("later", "more", "attach", "remove") if name in request.POST), "next")


def _after(request: HttpRequest, found: Contribution, part: Part, wanted: str) -> HttpResponse:
    if wanted == "later":
        messages.success(request, _("Your draft is kept."))
        return redirect("proposal", found.pk)
    if wanted != "next":
        return redirect("proposal_step", found.pk, part.slug)
    following = after(part.slug)
    return redirect("proposal_check", found.pk) if following is None else redirect("proposal_step", found.pk, following)


def _step(
    request: HttpRequest, found: Contribution, part: Part, form: Step, refused: str = "", status: int = 200
) -> HttpResponse:
    if refused:
        form.add_error("file" if "file" in form.fields else None, refused)
    shown: dict[str, Any] = {
        "contribution": found,
        "part": part,
        "parts": PARTS,
        "place": PARTS.index(part) + 1,
        "before": before(part.slug),
        "form": form,
        "faults": form.faults if status != 200 else [],
        "files": found.attachments.all(),
    }
    return render(request, f"contributions/step_{part.slug}.html", shown, status=status)


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 12 else 0


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest, number: int) -> HttpResponse:
    """All that was said, what is missing, and the button that sends."""
    found = my_contribution(request, number)
    if not found.is_open:
        return redirect("proposal", found.pk)
    form = SendForm(request.POST if request.method == "POST" else None)
    parts = [(part, answers, answers.faults) for part, answers in read(found.answers)]
    whole = not any(faults for _part, _answers, faults in parts)
    status = 200
    if request.method == "POST":
        if whole and form.is_valid():
            with suppress(NotOpen):  # sent already, by the same form
                contribution_send(contribution=found)
            return redirect("proposal", found.pk)
        status = 422
    shown = {"contribution": found, "parts": PARTS, "read": parts, "whole": whole, "form": form, "last": True}
    return render(request, "contributions/check.html", shown, status=status)


@never_cache
@require_safe
def data(request: HttpRequest, number: int) -> HttpResponse:
    """All that is kept of a proposal, for its author."""
    return _file(contribution_data(my_contribution(request, number)), "odd17-proposal.json")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def erase(request: HttpRequest, number: int) -> HttpResponse:
    """Ask, then erase a proposal and whoever made it."""
    found = my_contribution(request, number)
    if request.method != "POST":
        return render(request, "contributions/erase.html", {"contribution": found})
    contribution_forget(contribution=found)
    messages.success(request, _("Your proposal is erased, and your address with it."))
    return redirect("propose")


def _file(document: dict[str, Any], name: str) -> JsonResponse:
    answer = JsonResponse(document, json_dumps_params={"ensure_ascii": False, "indent": 2})
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
