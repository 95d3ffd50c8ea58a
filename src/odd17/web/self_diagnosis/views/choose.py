"""Choosing a questionnaire, what it is made of, and beginning."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from odd17.core.resources.orientation import audiences
from odd17.web.contributions.limits import may
from odd17.web.pages.page_cache import page_of_release
from odd17.workflows.questionnaires import current_questionnaires, questionnaires, questionnaires_version

from ..forms import PanelForm
from ..selectors import answered_by, current_or_404, panel_at, questionnaire_of, version_or_404
from ..services import Retired, answering_begin, panel_begin


@never_cache
@require_safe
def choose(request: HttpRequest) -> HttpResponse:
    """The questionnaires, and what this account answered."""
    return _choose(request, PanelForm())


@page_of_release(also=questionnaires_version)
def origin(request: HttpRequest, id: str) -> HttpResponse:
    """Why each question is asked, how answers are scored: public, of each version that was ever answered."""
    shown = version_or_404(id, request.GET.get("version", ""))
    others = [one for one in questionnaires().values() if one.id == id and one is not shown]
    return render(request, "self_diagnosis/origin.html", {"questionnaire": shown, "others": others})


@require_POST
def begin(request: HttpRequest, id: str) -> HttpResponse:
    """Begin to answer, alone, or in a group by its invitation."""
    if not may(request, "self_diagnosis_begin", id):
        return render(request, "self_diagnosis/too_many.html", status=429)
    account = request.user if request.user.is_authenticated else None
    if invited := request.POST.get("panel", ""):
        panel = panel_at(invited)
        try:
            begun = answering_begin(questionnaire=questionnaire_of(panel), account=account, panel=panel)
        except Retired:
            return redirect(panel)
    else:
        begun = answering_begin(questionnaire=current_or_404(id), account=account)
    return redirect(begun)


@require_POST
def begin_panel(request: HttpRequest, id: str) -> HttpResponse:
    """Begin a group of one organisation."""
    form = PanelForm(request.POST)
    if not form.is_valid():
        return _choose(request, form, status=422)
    if not may(request, "self_diagnosis_begin", id):
        return render(request, "self_diagnosis/too_many.html", status=429)
    return redirect(panel_begin(questionnaire=current_or_404(id), name=form.cleaned_data["name"]))


def _choose(request: HttpRequest, form: PanelForm, status: int = 200) -> HttpResponse:
    who = {audience.id: audience.who for audience in audiences()}
    known = questionnaires()
    shown = {
        "questionnaires": [(one, who[one.audience]) for one in current_questionnaires()],
        "answered": [(one, known.get((one.questionnaire, one.version))) for one in answered_by(request)],
        "panel_form": form,
    }
    return render(request, "self_diagnosis/choose.html", shown, status=status)
