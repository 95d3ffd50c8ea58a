"""Reading alliances: only for those who act in them now. To anybody else an alliance does not exist (404)."""

from __future__ import annotations

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db.models import Prefetch, QuerySet
from django.http import Http404

from odd17.core.alliances.engagements import Engagement, Event, Fate, Means
from odd17.core.alliances.evaluation import Answer, Claim, Measured, Opened, Round, opened
from odd17.core.alliances.path import Step

from .days import day_from, today
from .models import Alliance, Evaluation, Partner, Person, Promise, PromiseEvent

Account = AbstractBaseUser | AnonymousUser


def alliances_for(account: Account) -> QuerySet[Alliance]:
    """The alliances in which an account acts now."""
    if not account.is_authenticated:
        return Alliance.objects.none()
    return Alliance.objects.filter(
        partners__left=None, partners__people__account=account.pk, partners__people__left=None
    ).distinct()


def alliance_for(account: Account, number: int) -> Alliance:
    """One of them; 404 where it is not one of theirs, as where it is none."""
    found = alliances_for(account).filter(pk=number).first()
    if found is None:
        raise Http404
    return found


def place_in(alliance: Alliance, account: Account) -> Person:
    """For whom an account acts in an alliance; 404 where it does not."""
    found = (
        Person.objects.filter(partner__alliance=alliance, partner__left=None, account=account.pk, left=None)
        .select_related("partner")
        .first()
    )
    if found is None:
        raise Http404
    return found


def card_stands(alliance: Alliance) -> bool:
    """Whether its public card stands: every partner who is there agrees, and somebody acts there still."""
    here = alliance.partners.filter(left=None)
    return people_of(alliance).exists() and not here.filter(agrees=False).exists()


def partners_of(alliance: Alliance) -> list[Partner]:
    """The partners, those who left too, with the people who act for them now."""
    people = Person.objects.filter(left=None).select_related("account")
    return list(alliance.partners.prefetch_related(Prefetch("people", queryset=people, to_attr="acting")))


def people_of(alliance: Alliance) -> QuerySet[Person]:
    """Those who act in the alliance now."""
    return Person.objects.filter(partner__alliance=alliance, partner__left=None, left=None, account__isnull=False)


def stewards_of(alliance: Alliance) -> QuerySet[Person]:
    """Those who may change the alliance now."""
    return people_of(alliance).filter(steward=True)


def promises_of(alliance: Alliance) -> list[tuple[Promise, Engagement]]:
    """The engagements, each as core reads it."""
    events = Prefetch("events", queryset=PromiseEvent.objects.select_related("by"))
    kept = Promise.objects.filter(partner__alliance=alliance).select_related("partner").prefetch_related(events)
    return [(promise, engagement_of(promise)) for promise in kept]


def engagement_of(promise: Promise) -> Engagement:
    """An engagement with what happened to it."""
    return Engagement(
        promise.partner.name,
        Means(promise.means),
        promise.what,
        promise.due,
        tuple(Event(event.day, Fate(event.fate), event.reason, event.due) for event in promise.events.all()),
    )


def path_of(alliance: Alliance) -> tuple[Step, ...]:
    """The steps taken."""
    return tuple(Step(step.day, step.to, step.proofs, step.recognised_by, step.reason) for step in alliance.steps.all())


def round_of(evaluation: Evaluation) -> Round:
    """A round with its answers, sealed: only ``opened`` of core says when they may be read."""
    asked = list(evaluation.asked.all())
    return Round(
        evaluation.mode,
        tuple(str(partner.pk) for partner in asked),
        evaluation.closes,
        tuple(answer_from(kept.partner_id, kept.content) for kept in evaluation.answers.order_by("pk")),
        tuple(str(partner.pk) for partner in asked if partner.left is not None),
    )


def opened_of(evaluation: Evaluation) -> Opened | None:
    """The answers of a round once they may be read, beside those of the last opened round before it."""
    before: Opened | None = None
    for earlier in evaluation.alliance.evaluations.filter(pk__lt=evaluation.pk).order_by("pk"):
        before = opened(round_of(earlier), today(), before) or before
    return opened(round_of(evaluation), today(), before)


def answer_from(partner: int, content: dict[str, object]) -> Answer:
    """An answer as it was kept."""
    claims = {impact: Claim(told["mark"], told["proof"], told["words"]) for impact, told in content["claims"].items()}
    indicators = tuple(
        Measured(
            told["name"],
            told["unit"],
            told["baseline"],
            told["target"],
            {day_from(day): value for day, value in told["measures"].items()},
        )
        for told in content["indicators"]
    )
    return Answer(str(partner), claims, content["story"], content["members"], content["uses"], indicators)
