"""Reading answers: only by their link, and by their account where they have one."""

from __future__ import annotations

from django.http import Http404, HttpRequest

from odd17.core.diagnosis.self_diagnosis.profile import Profile, profile
from odd17.core.diagnosis.self_diagnosis.questionnaire import Questionnaire
from odd17.core.kernel import UsageError
from odd17.workflows.questionnaires import current_questionnaire, questionnaires

from .models import Answering, Panel


def answering_at(request: HttpRequest, token: str) -> Answering:
    """The answers behind a link; 404 where there are none, and where they are another account's."""
    found = Answering.objects.select_related("previous", "panel", "mirror").filter(token=token).first()
    if found is None or (found.account_id is not None and found.account_id != request.user.pk):
        raise Http404
    return found


def earlier_of(answering: Answering) -> list[Answering]:
    """What its person answered before, the newest first, as far as one led to the other."""
    found: list[Answering] = []
    while (answering := answering.previous) is not None and answering not in found:
        found.append(answering)
    return found


def of_same_person(answering: Answering) -> list[Answering]:
    """These answers, those before and those after them, as far as one led to the other."""
    found = [(earlier_of(answering) or [answering])[-1]]
    for one in found:
        found += one.later.all()
    return found


def panel_at(token: str) -> Panel:
    """The group behind an invitation; 404 where there is none."""
    found = Panel.objects.filter(token=token).first()
    if found is None:
        raise Http404
    return found


def answered_by(request: HttpRequest) -> list[Answering]:
    """What the account of this request answered, the newest first."""
    return list(Answering.objects.filter(account=request.user)) if request.user.is_authenticated else []


def questionnaire_of(kept: Answering | Panel) -> Questionnaire:
    """The version that was answered; 404 where its file is no longer there."""
    found = questionnaires().get((kept.questionnaire, kept.version))
    if found is None:
        raise Http404
    return found


def current_or_404(id: str) -> Questionnaire:
    """The version of a questionnaire that can be answered anew; 404 where there is none."""
    try:
        return current_questionnaire(id)
    except UsageError as error:
        raise Http404 from error


def version_or_404(id: str, version: str) -> Questionnaire:
    """A version of a questionnaire, retired or not; today's where ``version`` is empty."""
    if not version:
        return current_or_404(id)
    number = int(version) if version.isascii() and version.isdigit() and len(version) < 6 else 0
    found = questionnaires().get((id, number))
    if found is None:
        raise Http404
    return found


def profile_of(answering: Answering) -> Profile:
    """The profile of the answers so far."""
    return profile(questionnaire_of(answering), answering.answers)


def finished_in(panel: Panel) -> list[Answering]:
    """The last finished answers of each person of a group: those that nothing later of theirs replaces."""
    done = panel.answerings.exclude(finished=None).order_by("finished")
    replaced = {one.previous_id for one in done if one.previous_id is not None}
    return [one for one in done if one.pk not in replaced]
