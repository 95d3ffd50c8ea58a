"""What alliances hear of: people who ask what is kept of them, and people who leave."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import AbstractUser
from django.dispatch import receiver
from django.utils import timezone

from odd17.web.accounts.signals import account_erased, account_told

from .models import Dialogue, EvaluationAnswer, Invitation, PathStep, Person, PromiseEvent

_RECORDS = (PromiseEvent, Dialogue, PathStep, EvaluationAnswer)


@receiver(account_told)
def told(account: AbstractUser, **_more: Any) -> dict[str, Any]:
    """For whom an account acts, and what it recorded."""
    places = Person.objects.filter(account=account).select_related("partner__alliance")
    return {
        "alliances": [
            {
                "alliance": place.partner.alliance.title,
                "for": place.partner.name,
                "joined": place.joined.isoformat(),
                "left": place.left and place.left.isoformat(),
                "recorded": sum(kind.objects.filter(by=account).count() for kind in _RECORDS),
            }
            for place in places
        ]
    }


@receiver(account_erased)
def erased(account: AbstractUser, **_more: Any) -> None:
    """A person leaves: their rights end, their name goes off what they recorded, the acts stay."""
    Person.objects.filter(account=account).update(account=None, left=timezone.now())
    for kind in _RECORDS:
        kind.objects.filter(by=account).update(by=None)
    confirmed = [address.email.lower() for address in account.emailaddress_set.all()]
    Invitation.objects.filter(email__in=confirmed).delete()
