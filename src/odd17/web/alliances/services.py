"""Writing alliances: begun, joined, left, promised, kept, decided, walked, judged. Each change is one transaction."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, Final

from django.contrib.auth.models import AbstractUser
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from odd17.core.alliances.engagements import Event, Fate, happened
from odd17.core.alliances.evaluation import check_answer
from odd17.core.alliances.path import Step, moved, stage_at
from odd17.core.kernel import DataError, Message

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
    new_token,
)
from .selectors import answer_from, engagement_of, opened_of, path_of, people_of, round_of, stewards_of

INVITED_FOR: Final = timedelta(days=30)
"""How long an invitation may be taken."""


DESCRIBED: Final = ("kind", "siren", "role")
"""What is said of a partner."""


class Refused(Exception):
    """It cannot be done; the words say why."""


class Changed(Exception):
    """Somebody else changed it since it was shown: ``now`` is what stands."""

    def __init__(self, now: Alliance) -> None:
        super().__init__()
        self.now = now


@transaction.atomic
def alliance_begin(
    *, account: AbstractUser, told: dict[str, Any], organisation: str, kind: str, once: str | None = None
) -> Alliance:
    """Begin an alliance; its author acts for the first partner, and may change it.

    ``once`` is of the form: sent twice, it begins one alliance.
    """
    begun, made = Alliance.objects.get_or_create(once=once or new_token(), defaults=told)
    if not made:
        return begun
    partner = Partner.objects.create(alliance=begun, name=organisation, kind=kind, joined=today())
    Person.objects.create(partner=partner, account=account, steward=True)
    return begun


@transaction.atomic
def alliance_change(*, alliance: Alliance, version: int, told: dict[str, Any]) -> None:
    """Change the purpose; raises Changed where somebody else did since ``version``.

    Partners agreed to a public card with other words: each is asked anew.
    """
    done = Alliance.objects.filter(pk=alliance.pk, version=version).update(**told, version=version + 1)
    if not done:
        raise Changed(Alliance.objects.get(pk=alliance.pk))
    alliance.partners.update(agrees=False)
    alliance.refresh_from_db()


@transaction.atomic
def invite(*, alliance: Alliance, email: str, partner: Partner | None) -> Invitation:
    """Invite somebody by e-mail, for a partner that is there or to bring a new one; again, the same link is sent."""
    waiting = pending(alliance).filter(email=email.lower(), partner=partner).first()
    made = waiting or Invitation.objects.create(alliance=alliance, email=email.lower(), partner=partner)
    letters.invitation_letter(made)
    return made


def pending(alliance: Alliance) -> QuerySet[Invitation]:
    """The invitations that may still be taken."""
    return alliance.invitations.filter(used=None, made__gt=timezone.now() - INVITED_FOR).order_by("pk")


def invitation_withdraw(*, invitation: Invitation) -> None:
    """Take an invitation back: its link leads nowhere any more."""
    Invitation.objects.filter(pk=invitation.pk, used=None).delete()


@transaction.atomic
def invitation_take(*, invitation: Invitation, account: AbstractUser, organisation: str, kind: str) -> Person:
    """Join by an invitation, once; raises Refused where it was used or is too old, where the organisation is there
    already, or where the account acts for another partner: it would read both answers."""
    alliance = locked(invitation.alliance)
    kept = pending(alliance).filter(pk=invitation.pk).first()
    if kept is None:
        raise Refused("used")
    partner = kept.partner
    if people_of(alliance).filter(account=account).exclude(partner=partner).exists():
        raise Refused("acting")
    if partner is None:
        if alliance.partners.filter(left=None, name=organisation).exists():
            raise Refused("there")
        partner = Partner.objects.create(alliance=alliance, name=organisation, kind=kind, joined=today())
    person, made = Person.objects.get_or_create(partner=partner, account=account)
    if not made and person.left is not None:  # back, with no right of former days
        person.left, person.steward = None, False
        person.save(update_fields=["left", "steward"])
    kept.used = timezone.now()
    kept.save(update_fields=["used"])
    return person


@transaction.atomic
def partner_describe(*, partner: Partner, seen: str, told: dict[str, Any]) -> None:
    """Say of which kind a partner is, its number and its role; Refused where others did since ``seen`` stood."""
    held = Partner.objects.select_for_update().get(pk=partner.pk)
    if description_of(held) not in (seen, "\n".join(str(told[name]) for name in DESCRIBED)):
        raise Refused("changed")
    for name in DESCRIBED:
        setattr(held, name, told[name])
    held.save(update_fields=list(DESCRIBED))


def description_of(partner: Partner) -> str:
    """What stands of a partner, to tell whether somebody changes it meanwhile."""
    return "\n".join(str(getattr(partner, name)) for name in DESCRIBED)


@transaction.atomic
def person_leave(*, person: Person) -> None:
    """End somebody's rights; raises Refused where others stay and none of them could change the alliance."""
    alliance = locked(person.partner.alliance)
    stay = people_of(alliance).exclude(pk=person.pk)
    if person.steward and stay.exists() and not stay.filter(steward=True).exists():
        raise Refused("last")
    person.left = timezone.now()
    person.save(update_fields=["left"])


@transaction.atomic
def steward_name(*, person: Person, steward: bool) -> None:
    """Say whether somebody may change the alliance; raises Refused for the last one who may."""
    alliance = locked(person.partner.alliance)
    if not steward and not stewards_of(alliance).exclude(pk=person.pk).exists():
        raise Refused("last")
    person.steward = steward
    person.save(update_fields=["steward"])


@transaction.atomic
def steward_succeed(*, alliance: Alliance) -> Person | None:
    """Where nobody is left who may change an alliance, who has acted in it for longest may, and is told so."""
    if stewards_of(locked(alliance)).exists():
        return None
    heir = people_of(alliance).order_by("joined", "pk").first()
    if heir is not None:
        heir.steward = True
        heir.save(update_fields=["steward"])
        letters.steward_letter(heir)
    return heir


@transaction.atomic
def partner_leave(*, partner: Partner, why: str, account: AbstractUser) -> None:
    """A partner withdraws or is dissolved: its people lose their rights, its open engagements end with the reason.

    Raises Refused where nobody else could change the alliance. What it answered and did stays.
    """
    alliance = locked(partner.alliance)
    if not stewards_of(alliance).exclude(partner=partner).exists():
        raise Refused("last")
    partner.left, partner.left_why, partner.agrees = today(), why, False
    partner.save()
    partner.people.filter(left=None).update(left=timezone.now())
    alliance.invitations.filter(partner=partner, used=None).delete()
    for promise in partner.promises.all():
        history = engagement_of(promise).history
        if not history or history[-1].fate not in (Fate.KEPT, Fate.ENDED):
            promise_event(promise=promise, event=Event(today(), Fate.ENDED, why), account=account)


@transaction.atomic
@transaction.atomic
def card_agree(*, partner: Partner, version: int, agrees: bool) -> None:
    """Say whether a partner agrees to a public card, which stands only while all do.

    Raises Changed where its words are no longer those of ``version``; one may stop agreeing at any time.
    """
    alliance = Alliance.objects.select_for_update().get(pk=partner.alliance_id)
    if agrees and alliance.version != version:
        raise Changed(alliance)
    partner.agrees = agrees
    partner.save(update_fields=["agrees"])


def promise_make(*, partner: Partner, told: dict[str, Any]) -> Promise:
    """Engage a partner; the same words twice are one engagement."""
    made, _new = Promise.objects.get_or_create(partner=partner, **told)
    return made


@transaction.atomic
def promise_event(*, promise: Promise, event: Event, account: AbstractUser) -> None:
    """Record what happened to an engagement, once; DataError where it cannot have."""
    held = Promise.objects.select_for_update().get(pk=promise.pk)
    told = engagement_of(held)
    if told.history[-1:] == (event,):  # sent twice
        return
    happened(told, event, today())
    PromiseEvent.objects.create(
        promise=held, by=account, day=event.day, fate=event.fate.value, reason=event.reason, due=event.due
    )


@transaction.atomic
def step_take(*, alliance: Alliance, step: Step, account: AbstractUser) -> None:
    """Record a step of the path, once; DataError where the path does not lead there."""
    held = locked(alliance)
    history = path_of(held)
    if history[-1:] == (step,):  # sent twice
        return
    moved(history, step, today())
    PathStep.objects.create(
        alliance=held,
        by=account,
        day=step.day,
        to=step.to,
        proofs=dict(step.proofs or {}),
        recognised_by=step.recognised_by,
        reason=step.reason,
    )


@transaction.atomic
def dialogue_record(*, alliance: Alliance, told: dict[str, Any], account: AbstractUser) -> Dialogue:
    """Record a governance dialogue that was held; the same words twice are one. DataError for one in the future."""
    if told["day"] > today():
        raise DataError("a dialogue is recorded once it was held", value=str(told["day"]))
    made, _new = Dialogue.objects.get_or_create(alliance=locked(alliance), **told, defaults={"by": account})
    return made


@transaction.atomic
def evaluation_open(*, alliance: Alliance, closes: date) -> Evaluation:
    """Open a round for every partner who is there, in the mode of the stage.

    Raises DataError for a day that has passed, and while another round is sealed.
    """
    held = locked(alliance)
    if closes <= today():
        raise DataError("the round would close at once", value=str(closes), remedy="choose a later day")
    last = held.evaluations.last()
    if last is not None and opened_of(last) is None:
        raise DataError(Message("a round is under way until {day}", day=last.closes), remedy="wait for its end")
    stage = stage_at(path_of(held))
    made = Evaluation.objects.create(alliance=held, mode=stage.evaluation, opened=today(), closes=closes)
    made.asked.set(held.partners.filter(left=None))
    for partner in made.asked.all():
        letters.evaluation_letter(made, partner)
    return made


@transaction.atomic
def evaluation_answer(
    *, evaluation: Evaluation, partner: Partner, content: dict[str, Any], account: AbstractUser
) -> None:
    """Seal a partner's answer, once; DataError where the round does not take it, or a colleague said otherwise."""
    held = Evaluation.objects.select_for_update().get(pk=evaluation.pk)  # two who answer at once do it in turn
    if held.answers.filter(partner=partner, content=content).exists():
        return
    check_answer(round_of(held), answer_from(partner.pk, content), today())
    EvaluationAnswer.objects.create(evaluation=held, partner=partner, content=content, by=account)


def locked(alliance: Alliance) -> Alliance:
    """The alliance, held until the end of the transaction: what two people do to it at once is done in turn."""
    return Alliance.objects.select_for_update().get(pk=alliance.pk)
