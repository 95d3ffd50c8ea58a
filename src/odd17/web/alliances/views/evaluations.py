"""Evaluation: opened for all, answered blind, read together, printed with names or without."""

from __future__ import annotations

from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from odd17.core.alliances.discussion import guide
from odd17.core.alliances.evaluation import Opened, without_names
from odd17.core.kernel import DataError
from odd17.publishing.evaluation_document import RoundFacts, evaluation_document
from odd17.web.downloads.answers import attachment
from odd17.web.pages.current import release_of
from odd17.web.pages.language import language
from odd17.web.pages.templatetags.words import said
from odd17.workflows.documents import DocumentFormat, make_document

from ..answer_form import AnswerForm
from ..contribution_page import with_figures
from ..forms import EvaluationForm
from ..models import Alliance, Evaluation, Person
from ..selectors import opened_of
from ..services import evaluation_answer, evaluation_open
from .asked import faults, for_members, shown, steward_only


@for_members
@require_http_methods(["GET", "HEAD", "POST"])
def open_one(request: HttpRequest, alliance: Alliance, place: Person) -> HttpResponse:
    """Open a round for every partner."""
    steward_only(place)
    form = EvaluationForm(request.POST or None)
    refused = ""
    if request.method == "POST" and form.is_valid():
        try:
            made = evaluation_open(alliance=alliance, closes=form.cleaned_data["closes"])
        except DataError as error:
            refused = said(error)
        else:
            return redirect("alliance_evaluation", alliance.pk, made.pk)
    wrong = faults(form) if request.method == "POST" else []
    context = shown(alliance, place, form=form, title=_("Open an evaluation"), faults=wrong, refused=refused)
    return render(request, "alliances/form.html", context, status=422 if wrong or refused else 200)


@for_members
@require_http_methods(["GET", "HEAD", "POST"])
def evaluation(request: HttpRequest, alliance: Alliance, place: Person, evaluation: int) -> HttpResponse:
    """Answer while it is sealed; read it once it is open. Nothing of the others shows before, nor who is missing.

    An answer that comes too late, or after a colleague's, is refused with what was typed.
    """
    found = get_object_or_404(alliance.evaluations, pk=evaluation)
    asked = found.asked.filter(pk=place.partner_id).exists()
    form = AnswerForm(found.mode, request.POST or None)
    refused = ""
    if request.method == "POST" and asked and form.is_valid():
        try:
            evaluation_answer(evaluation=found, partner=place.partner, content=form.content(), account=request.user)
        except DataError as error:  # too late, or a colleague was quicker: what was typed stays in the form
            refused = said(error)
        else:
            return redirect("alliance_evaluation", alliance.pk, found.pk)
    seen = opened_of(found)
    answered = found.answers.filter(partner=place.partner).exists()
    if seen is not None and (request.method != "POST" or not asked):
        return render(request, "alliances/evaluation.html", shown(alliance, place, **_seen(found, seen)))
    wrong = faults(form) if request.method == "POST" else []
    context = shown(
        alliance, place, evaluation=found, form=form, asked=asked, answered=answered, opened=seen is not None,
        typed=bool(refused or wrong), faults=wrong, refused=refused,
    )  # fmt: skip
    return render(request, "alliances/answer.html", context, status=422 if wrong or refused else 200)


@for_members
@require_safe
def document(
    request: HttpRequest, alliance: Alliance, place: Person, evaluation: int, names: str, format: str
) -> HttpResponse:
    """What the partners said, to print or to go on writing in; with their names, or without."""
    found = get_object_or_404(alliance.evaluations, pk=evaluation)
    seen = opened_of(found)
    if seen is None:
        raise Http404
    people = {str(partner.pk): partner.name for partner in found.asked.all()}
    named = names == "avec-noms"
    if not named:
        masks = [_("Partner {number}").format(number=place + 1) for place in range(len(seen.answers))]
        seen, people = without_names(seen, masks), {mask: mask for mask in masks}
    facts = RoundFacts(found.opened, found.closes, found.mode, found.asked.count())
    made = evaluation_document(alliance.title, facts, seen, people, language(), named=named)
    made = with_figures(made, alliance, release_of(request), language())
    kind = DocumentFormat(format)
    when = datetime.combine(found.opened, datetime.min.time()).astimezone()
    name = f"odd17-evaluation-{found.opened}-{names}.{kind.value}"
    return attachment(make_document(made, kind, when), name, kind.media_type)


def _seen(found: Evaluation, seen: Opened) -> dict[str, object]:
    people = {str(partner.pk): partner.name for partner in found.asked.all()}
    return {
        "evaluation": found,
        "seen": seen,
        "people": people,
        "silent": [people[one] for one in seen.silent],
        "prompts": guide(seen),
    }
