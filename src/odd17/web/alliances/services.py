"""Writing alliances: begun, joined, left, promised, kept, decided, walked, judged. Each change is one transaction."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib.auth.models import AbstractUser
from django.db import IntegrityError, transaction
from django.utils import timezone

from odd17.core.alliances.engagements import Event, Fate, happened
from odd17.core.alliances.evaluation import check_answer
from odd17.core.alliances.path import Step, moved, stage_at
from odd17.core.kernel import DataError

from . import letters
from .days import today
from .models import (
    Alliance,
    Dialogue,
    Evaluation,
    EvaluationAnswer,
    Invitation,
    Partner,
    PathStep,
    Person,
    Promise,
    PromiseEvent,
)
from .selectors import answer_from, engagement_of, path_of, round_of, stewards_of


class Refused(Exception):
    """It cannot be done; the words say why."""


class Changed(Exception):
    """Somebody else changed it since it was shown: ``now`` is what stands."""

    def __init__(self, now: Alliance) -> None:
        super().__init__()
        self.now = now


@transaction.atomic
def alliance_begin(*, account: AbstractUser, told: dict[str, Any], organisation: str, kind: str) -> Alliance:
    """Begin an alliance; its author acts for the first partner, and may change it."""
    begun = Alliance.objects.create(**told)
    partner = Partner.objects.create(alliance=begun, name=organisation, kind=kind, joined=today())
    Person.objects.create(partner=partner, account=account, steward=True)
    return begun


@transaction.atomic
def alliance_change(*, alliance: Alliance, version: int, told: dict[str, Any]) -> None:
    """Change the purpose; raises Changed where somebody else did since ``version``."""
    done = Alliance.objects.filter(pk=alliance.pk, version=version).update(**told, version=version + 1)
    if not done:
        raise Changed(Alliance.objects.get(pk=alliance.pk))
    alliance.refresh_from_db()


@transaction.atomic
def invite(*, alliance: Alliance, email: str, partner: Partner | None) -> Invitation:
    """Invite somebody by e-mail, for a partner that is there or to bring a new one."""
    made = Invitation.objects.create(alliance=alliance, email=email.lower(), partner=partner)
    letters.invitation_letter(made)
    return made


@transaction.atomic
def invitation_take(*, invitation: Invitation, account: AbstractUser, organisation: str, kind: str) -> Person:
    """Join by an invitation, once; raises Refused where it was used, or the organisation is there already."""
    kept = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if kept.used is not None:
        raise Refused("used")
    partner = kept.partner
    if partner is None:
        try:
            with transaction.atomic():
                partner = Partner.objects.create(alliance=kept.alliance, name=organisation, kind=kind, joined=today())
        except IntegrityError as error:
            raise Refused("there") from error
    person, _made = Person.objects.update_or_create(partner=partner, account=account, defaults={"left": None})
    kept.used = timezone.now()
    kept.save(update_fields=["used"])
    return person


@transaction.atomic
def person_leave(*, person: Person) -> None:
    """End somebody's rights; raises Refused where nobody would be left to change the alliance."""
    alliance = person.partner.alliance
    others = stewards_of(alliance).exclude(pk=person.pk)
    if person.steward and not others.exists():
        raise Refused("last")
    person.left = timezone.now()
    person.save(update_fields=["left"])


@transaction.atomic
def steward_name(*, person: Person, steward: bool) -> None:
    """Say whether somebody may change the alliance; raises Refused for the last one who may."""
    if not steward and not stewards_of(person.partner.alliance).exclude(pk=person.pk).exists():
        raise Refused("last")
    person.steward = steward
    person.save(update_fields=["steward"])


@transaction.atomic
def partner_leave(*, partner: Partner, why: str, account: AbstractUser) -> None:
    """A partner withdraws or is dissolved: its people lose their rights, its open engagements end with the reason.

    Raises Refused where nobody else could change the alliance. What it answered and did stays.
    """
    others = stewards_of(partner.alliance).exclude(partner=partner)
    if not others.exists():
        raise Refused("last")
    partner.left, partner.left_why, partner.agrees = today(), why, False
    partner.save()
    partner.people.filter(left=None).update(left=timezone.now())
    for promise in partner.promises.all():
        history = engagement_of(promise).history
        if not history or history[-1].fate not in (Fate.KEPT, Fate.ENDED):
            promise_event(promise=promise, event=Event(today(), Fate.ENDED, why), account=account)


@transaction.atomic
def card_agree(*, partner: Partner, agrees: bool) -> None:
    """Say whether a partner agrees to a public card, which stands only while all do."""
    partner.agrees = agrees
    partner.save(update_fields=["agrees"])


@transaction.atomic
def promise_event(*, promise: Promise, event: Event, account: AbstractUser) -> None:
    """Record what happened to an engagement; DataError where it cannot have."""
    locked = Promise.objects.select_for_update().get(pk=promise.pk)
    happened(engagement_of(locked), event, today())
    PromiseEvent.objects.create(
        promise=locked, by=account, day=event.day, fate=event.fate.value, reason=event.reason, due=event.due
    )


@transaction.atomic
def step_take(*, alliance: Alliance, step: Step, account: AbstractUser) -> None:
    """Record a step of the path; DataError where the path does not lead there."""
    locked = Alliance.objects.select_for_update().get(pk=alliance.pk)
    moved(path_of(locked), step, today())
    PathStep.objects.create(
        alliance=locked,
        by=account,
        day=step.day,
        to=step.to,
        proofs=dict(step.proofs or {}),
        recognised_by=step.recognised_by,
        reason=step.reason,
    )


def dialogue_record(*, alliance: Alliance, told: dict[str, Any], account: AbstractUser) -> Dialogue:
    """Record a governance dialogue that was held; DataError for one in the future."""
    if told["day"] > today():
        raise DataError("a dialogue is recorded once it was held", value=str(told["day"]))
    return Dialogue.objects.create(alliance=alliance, by=account, **told)


@transaction.atomic
def evaluation_open(*, alliance: Alliance, closes: date) -> Evaluation:
    """Open a round for every partner who is there, in the mode of the stage; DataError for a day that has passed."""
    if closes <= today():
        raise DataError("the round would close at once", value=str(closes), remedy="choose a later day")
    stage = stage_at(path_of(alliance))
    made = Evaluation.objects.create(alliance=alliance, mode=stage.evaluation, opened=today(), closes=closes)
    made.asked.set(alliance.partners.filter(left=None))
    for partner in made.asked.all():
        letters.evaluation_letter(made, partner)
    return made


@transaction.atomic
def evaluation_answer(
    *, evaluation: Evaluation, partner: Partner, content: dict[str, Any], account: AbstractUser
) -> None:
    """Seal a partner's answer; DataError where the round does not take it. Sent twice, the first stands."""
    Evaluation.objects.select_for_update().get(pk=evaluation.pk)
    check_answer(round_of(evaluation), answer_from(partner.pk, content), today())
    EvaluationAnswer.objects.create(evaluation=evaluation, partner=partner, content=content, by=account)
