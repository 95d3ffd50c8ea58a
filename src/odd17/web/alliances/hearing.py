"""What alliances hear of: people who ask what is kept of them, and people who leave."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import AbstractUser
from django.dispatch import receiver
from django.utils import timezone
from django.utils.translation import gettext as _

from odd17.web.accounts.addresses import confirmed_addresses
from odd17.web.accounts.holdings import Held, Holding
from odd17.web.accounts.signals import account_erased, account_opened, account_told

from .models import (
    Alliance,
    AllianceDocument,
    Dialogue,
    DocumentRemoval,
    EvaluationAnswer,
    Invitation,
    PathStep,
    Person,
    PromiseEvent,
)
from .selectors import alliances_for
from .services import steward_succeed

_RECORDS = {
    PromiseEvent: "promise__partner__alliance",
    Dialogue: "alliance",
    PathStep: "alliance",
    EvaluationAnswer: "evaluation__alliance",
    AllianceDocument: "alliance",
    DocumentRemoval: "document__alliance",
}
"""What somebody records, and the way to its alliance."""


@receiver(account_opened)
def opened(account: AbstractUser, **_more: Any) -> Holding:
    """The alliances in which an account acts now."""
    acting = alliances_for(account)
    return Holding(_("Your alliances"), tuple(Held(one.title, one.get_absolute_url()) for one in acting))


@receiver(account_told)
def told(account: AbstractUser, **_more: Any) -> dict[str, Any]:
    """For whom an account acts, what it recorded, and the words of its own answers to evaluations: nobody else's."""
    places = Person.objects.filter(account=account).select_related("partner__alliance")
    answers = EvaluationAnswer.objects.filter(by=account).select_related("evaluation__alliance", "partner")
    return {
        "alliances": [
            {
                "alliance": place.partner.alliance.title,
                "for": place.partner.name,
                "joined": place.joined.isoformat(),
                "left": place.left and place.left.isoformat(),
                "reminders": place.reminders,
                "recorded": sum(
                    kind.objects.filter(by=account, **{way: place.partner.alliance_id}).count()
                    for kind, way in _RECORDS.items()
                ),
            }
            for place in places
        ],
        "alliance_answers": [
            {
                "alliance": one.evaluation.alliance.title,
                "for": one.partner.name,
                "evaluation": one.evaluation.opened.isoformat(),
                "recorded": one.recorded.isoformat(),
                "answer": one.content,
            }
            for one in answers.order_by("pk")
        ],
    }


@receiver(account_erased)
def erased(account: AbstractUser, **_more: Any) -> None:
    """A person leaves: their rights end, their name goes off what they recorded, the acts stay.

    Where they were the last who could change an alliance, somebody else of it may.
    """
    steered = list(Alliance.objects.filter(partners__people__account=account, partners__people__left=None).distinct())
    places = Person.objects.filter(account=account)
    places.filter(left=None).update(left=timezone.now())
    places.update(account=None)
    for kind in _RECORDS:
        kind.objects.filter(by=account).update(by=None)
    Invitation.objects.filter(email__in=confirmed_addresses(account)).delete()
    for alliance in steered:
        steward_succeed(alliance=alliance)
