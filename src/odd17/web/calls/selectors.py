"""Reading calls: the open ones by territory, domain and kind; answers for members of the alliance, or their writer."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import AbstractUser
from django.db.models import Q, QuerySet
from django.utils import timezone

from odd17.core.alliances.calls import meets
from odd17.core.territories import Cog
from odd17.web.accounts.addresses import confirmed_addresses
from odd17.web.alliances.models import Alliance

from .models import Call, CallAnswer


def open_calls() -> QuerySet[Call]:
    """The calls that take answers today, the first to close first."""
    return Call.objects.filter(closed=None, until__gte=timezone.localdate())


def calls_found(cog: Cog, *, territory: str = "", domain: str = "", kind: str = "") -> list[Call]:
    """Open calls that concern a territory (its own, what holds it, its parts), a domain, a kind of partner.

    A call that seeks no kind in particular seeks all. Raises UnknownTerritory.
    """
    return [
        call
        for call in open_calls()
        if (not domain or domain in call.domains)
        and (not kind or not call.kinds or kind in call.kinds)
        and (not territory or meets(call.territory, territory, cog))
    ]


def answers_to(call: Call) -> QuerySet[CallAnswer]:
    """The answers that members read: those whose address is confirmed."""
    return call.answers.exclude(confirmed=None).select_related("replied_by")


def waiting_in(alliance: Alliance) -> int:
    """How many answers wait for a word of the alliance."""
    waiting = CallAnswer.objects.filter(call__alliance=alliance, state=CallAnswer.State.WAITING)
    return waiting.exclude(confirmed=None).count()


def answers_of(account: AbstractUser) -> QuerySet[CallAnswer]:
    """What an account answered, signed in or from an address that it confirmed."""
    named = Q(email__in=confirmed_addresses(account)) & ~Q(confirmed=None)
    return CallAnswer.objects.filter(Q(account=account) | named).order_by("pk")


def answer_data(answer: CallAnswer) -> dict[str, Any]:
    """All that is kept of an answer, for who wrote it."""
    return {
        "call": answer.call.title,
        "state": answer.state,
        "name": answer.name,
        "organisation": answer.organisation,
        "kind": answer.kind,
        "email": answer.email,
        "text": answer.text,
        "reply": answer.reply,
        "replied": answer.replied and answer.replied.isoformat(),
        "made": answer.made.isoformat(),
        "confirmed": answer.confirmed and answer.confirmed.isoformat(),
    }
