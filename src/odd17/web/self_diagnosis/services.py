"""Writing answers: begun, saved, finished, shared with the mirror and taken back, erased."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.auth.models import AbstractUser
from django.db import transaction
from django.utils import timezone

from odd17.core.diagnosis.self_diagnosis.profile import check_answers, profile
from odd17.core.diagnosis.self_diagnosis.questionnaire import Questionnaire

from .letters import asked_letter, opened_letter
from .mirror import mirror_refresh
from .models import Answering, MirrorAccess, Panel
from .selectors import earlier_of, of_same_person, questionnaire_of


class NotOpen(Exception):
    """The answers are finished: they are not changed, one answers again."""


class Retired(Exception):
    """The version is no longer answered: what was given stays, one answers a later one."""


@dataclass(frozen=True, slots=True)
class Shared:
    """What is given to the mirror: who one is (a key that counts once), and the criteria by which peers are found."""

    organisation: str
    kind: str
    size: str
    territory: str
    words: str


def answering_begin(
    *,
    questionnaire: Questionnaire,
    account: AbstractUser | None,
    panel: Panel | None = None,
    previous: Answering | None = None,
) -> Answering:
    """Begin to answer, alone or in a group, again or for the first time; raises Retired."""
    if questionnaire.retired:
        raise Retired
    return Answering.objects.create(
        questionnaire=questionnaire.id, version=questionnaire.version, account=account, panel=panel, previous=previous
    )


def panel_begin(*, questionnaire: Questionnaire, name: str) -> Panel:
    """Begin a group of one organisation."""
    return Panel.objects.create(questionnaire=questionnaire.id, version=questionnaire.version, name=name)


@transaction.atomic
def answers_save(*, answering: Answering, given: dict[str, str]) -> None:
    """Keep some answers beside those kept before; what is no longer asked is dropped.

    Two pages open at once each keep what was answered in them. Raises NotOpen, Retired, and DataError on what is no
    answer.
    """
    kept = Answering.objects.select_for_update().get(pk=answering.pk)
    questionnaire = questionnaire_of(kept)
    if kept.finished is not None:
        raise NotOpen
    if questionnaire.retired:
        raise Retired
    kept.answers = check_answers(questionnaire, {**kept.answers, **given})
    kept.save(update_fields=["answers", "touched"])
    answering.answers = kept.answers


@transaction.atomic
def answering_finish(*, answering: Answering) -> bool:
    """End the changes where everything asked is answered; says whether it is. Finished twice, it is finished once."""
    kept = Answering.objects.select_for_update().get(pk=answering.pk)
    if not profile(questionnaire_of(kept), kept.answers).complete:
        return False
    if kept.finished is None:
        kept.finished = timezone.now()
        kept.save(update_fields=["finished", "touched"])
    answering.finished = kept.finished
    return True


@transaction.atomic
def mirror_join(*, answering: Answering, shared: Shared) -> None:
    """Give finished answers to the mirror: they count once it is opened; raises NotOpen where they are not finished.

    Given for another organisation than before, they wait to be let in again.
    """
    if answering.finished is None:
        raise NotOpen
    before = answering.organisation
    answering.consented, answering.consent_words = timezone.now(), shared.words
    answering.organisation, answering.kind = shared.organisation, shared.kind
    answering.size, answering.territory = shared.size, shared.territory
    answering.save()
    if before != shared.organisation:
        MirrorAccess.objects.filter(answering=answering).delete()
    mirror_refresh(answering.questionnaire, answering.version, {before} - {"", shared.organisation})


@transaction.atomic
def mirror_leave(*, answering: Answering) -> None:
    """Take all that this person answered out of the mirror, with all that was given for it, at once."""
    _take_out(of_same_person(answering))
    answering.refresh_from_db()


@transaction.atomic
def mirror_ask(*, answering: Answering) -> MirrorAccess:
    """Ask for the mirror, and tell those who may open it; asked twice, it is asked once.

    To whom it was opened for earlier answers of the same organisation, it is open for the later ones.
    """
    access, made = MirrorAccess.objects.get_or_create(answering=answering)
    earlier = MirrorAccess.objects.filter(
        answering__in=earlier_of(answering), answering__organisation=answering.organisation
    )
    before = earlier.exclude(opened=None).first()
    if made and before is not None:
        access.opened, access.opened_by = timezone.now(), before.opened_by
        access.save()
        mirror_refresh(answering.questionnaire, answering.version)
    elif made:
        asked_letter()
    return access


@transaction.atomic
def mirror_open(*, access: MirrorAccess, account: AbstractUser) -> None:
    """Open the mirror to someone who asked, count them, and tell them; who may is checked before.

    Opened twice, it is opened once.
    """
    if MirrorAccess.objects.filter(pk=access.pk, opened=None).update(opened=timezone.now(), opened_by=account):
        mirror_refresh(access.answering.questionnaire, access.answering.version)
        opened_letter(access)


@transaction.atomic
def answering_erase(*, answering: Answering) -> None:
    """Remove answers and everything given with them; the earlier ones, which they replace, leave the mirror too."""
    _take_out([answering, *earlier_of(answering)])
    answering.delete()


def _take_out(answers: Iterable[Answering]) -> None:
    """Take answers out of the mirror, and what they were behind."""
    taken_back: dict[tuple[str, int], set[str]] = defaultdict(set)
    for one in answers:
        if one.consented is not None:
            taken_back[one.questionnaire, one.version].add(one.organisation)
            one.consented, one.consent_words = None, ""
            one.organisation = one.kind = one.size = one.territory = ""
            one.save()
    for (questionnaire, version), organisations in taken_back.items():
        mirror_refresh(questionnaire, version, organisations)
