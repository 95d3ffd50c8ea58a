"""Reading letters and subscriptions: a subscription only by its secret link, letters once they are sent."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import AbstractUser
from django.db.models import QuerySet
from django.http import Http404

from odd17.web.accounts.addresses import confirmed_addresses

from .models import Letter, Subscription

SEND = "newsletter.send_letter"


def subscription_at(token: str) -> Subscription:
    """The subscription behind a link; 404 where there is none."""
    found = Subscription.objects.filter(token=token).first()
    if found is None:
        raise Http404
    return found


def subscriptions_of(account: AbstractUser) -> QuerySet[Subscription]:
    """Those of the addresses that an account confirmed."""
    return Subscription.objects.filter(email__in=confirmed_addresses(account))


def letters_sent() -> QuerySet[Letter]:
    """The letters that everybody may read, the newest first."""
    return Letter.objects.exclude(queued=None).order_by("-queued")


def letter_for(account: AbstractUser, number: int) -> Letter:
    """A letter, for those who may send it; raises Http404 for others, whether it exists or not."""
    found = Letter.objects.filter(pk=number).first() if account.has_perm(SEND) else None
    if found is None:
        raise Http404
    return found


def recipients() -> dict[str, int]:
    """How many confirmed addresses there are, by language; who they are is shown to nobody."""
    languages = Subscription.objects.exclude(confirmed=None).values_list("language", flat=True)
    every = list(languages)
    return {language: every.count(language) for language in sorted(set(every))}


def subscription_data(subscription: Subscription) -> dict[str, Any]:
    """All that is kept of somebody who receives the letter."""
    return {
        "email": subscription.email,
        "language": subscription.language,
        "asked": subscription.asked.isoformat(),
        "consent": subscription.words,
        "confirmed": subscription.confirmed and subscription.confirmed.isoformat(),
        "letters": [
            {"letter": str(one.letter), "sent": one.sent and one.sent.isoformat()}
            for one in subscription.deliveries.select_related("letter").order_by("pk")
        ],
    }
