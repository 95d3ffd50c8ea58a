"""Answering: sheet after sheet, saved as one goes; then the result."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from odd17.core.diagnosis.self_diagnosis.questionnaire import Questionnaire
from odd17.core.kernel import DataError
from odd17.publishing.self_diagnosis_document import self_diagnosis_document
from odd17.web.downloads.answers import attachment
from odd17.web.pages.language import language
from odd17.web.pages.templatetags.words import said
from odd17.workflows.documents import DocumentFormat, make_document
from odd17.workflows.questionnaires import current_questionnaires

from ..models import Answering
from ..result_page import links_of, result_page
from ..selectors import answering_at, current_or_404, questionnaire_of
from ..services import NotOpen, Retired, answering_begin, answering_erase, answering_finish, answers_save
from ..sheets import first_open, sheet


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, token: str) -> HttpResponse:
    """A sheet of questions: shown with what is kept, or kept and followed by the next."""
    found = answering_at(request, token)
    if found.finished is not None:
        return redirect("self_diagnosis_result", token)
    questionnaire = questionnaire_of(found)
    if questionnaire.retired:
        status = 409 if request.method == "POST" else 200
        return render(request, "self_diagnosis/retired.html", _retired(found, questionnaire), status=status)
    asked = request.POST.get("sheet", request.GET.get("feuille", ""))
    place = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 4 else 0
    here = sheet(questionnaire, place or first_open(questionnaire, found.answers), found.answers)
    if request.method != "POST":
        return _sheet(request, found, here)
    given = {id: request.POST[f"item-{id}"] for id in here.item_ids if request.POST.get(f"item-{id}")}
    try:
        answers_save(answering=found, given=given)
    except DataError as error:
        return _sheet(request, found, here, said(error), status=422)
    except (NotOpen, Retired):
        return redirect(found)
    if "later" in request.POST:
        messages.success(request, _("Your answers are kept. This page’s address opens them again: keep it."))
        return redirect(f"{found.get_absolute_url()}?feuille={here.place}")
    following = sheet(questionnaire, here.place, found.answers)
    if following.item_ids - here.item_ids:  # an answer led to more questions on this sheet
        return redirect(f"{found.get_absolute_url()}?feuille={here.place}")
    if here.place < here.of:
        return redirect(f"{found.get_absolute_url()}?feuille={here.place + 1}")
    return redirect("self_diagnosis_result", token)


@never_cache
@require_safe
def result(request: HttpRequest, token: str) -> HttpResponse:
    """The profile, what stands well, what comes next."""
    found = answering_at(request, token)
    return render(request, "self_diagnosis/result.html", {"view": result_page(found)})


@require_POST
def finish(request: HttpRequest, token: str) -> HttpResponse:
    """End the changes, where all is answered."""
    found = answering_at(request, token)
    if not answering_finish(answering=found):
        messages.error(request, _("Some questions are not answered yet."))
    return redirect("self_diagnosis_result", token)


@require_POST
def again(request: HttpRequest, token: str) -> HttpResponse:
    """Answer once more, to today's version; the two are compared where they share dimensions."""
    found = answering_at(request, token)
    account = request.user if request.user.is_authenticated else None
    panel = found.panel
    questionnaire = questionnaire_of(found)
    if panel is None or questionnaire.retired:
        questionnaire, panel = current_or_404(found.questionnaire), None
    return redirect(answering_begin(questionnaire=questionnaire, account=account, panel=panel, previous=found))


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def erase(request: HttpRequest, token: str) -> HttpResponse:
    """Remove the answers, after a question."""
    found = answering_at(request, token)
    if request.method == "POST":
        answering_erase(answering=found)
        messages.success(request, _("Your answers are erased."))
        return redirect("self_diagnosis")
    return render(request, "self_diagnosis/erase.html", {"answering": found})


@never_cache
@require_safe
def document(request: HttpRequest, token: str, format: str) -> HttpResponse:
    """The result to print, or to go on writing in."""
    view = result_page(answering_at(request, token))
    kind = DocumentFormat(format)
    when: datetime = view.answering.finished or view.answering.touched
    made = self_diagnosis_document(
        view.questionnaire, view.profile, view.drawing, timezone.localtime(when).date(), language(),
        earlier={line.scored.dimension.id: line.earlier for line in view.lines if line.earlier is not None},
        links={line.scored.dimension.id: links_of(line) for line in view.lines},
    )  # fmt: skip
    name = f"odd17-{reverse('self_diagnosis').strip('/').rpartition('/')[2]}-{view.questionnaire.id}.{kind.value}"
    return attachment(make_document(made, kind, when), name, kind.media_type)


def _retired(found: Answering, questionnaire: Questionnaire) -> dict[str, object]:
    later = any(one.id == questionnaire.id for one in current_questionnaires())
    return {"answering": found, "questionnaire": questionnaire, "later": later}


def _sheet(request: HttpRequest, found: Answering, here: Any, refused: str = "", status: int = 200) -> HttpResponse:
    shown = {
        "answering": found,
        "questionnaire": questionnaire_of(found),
        "sheet": here,
        "refused": refused,
        "link": request.build_absolute_uri(found.get_absolute_url()),
    }
    return render(request, "self_diagnosis/answer.html", shown, status=status)
