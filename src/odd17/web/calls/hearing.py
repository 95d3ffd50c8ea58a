"""What calls hear of: people who ask what is kept of them, and people who leave."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import AbstractUser
from django.dispatch import receiver
from django.utils.translation import gettext as _

from odd17.web.accounts.holdings import Held, Holding
from odd17.web.accounts.signals import account_erased, account_opened, account_told

from .models import Call, CallAnswer
from .selectors import answer_data, answers_of
from .services import answer_erase


@receiver(account_opened)
def opened(account: AbstractUser, **_more: Any) -> Holding:
    """What an account answered to calls for partners."""
    answered = answers_of(account).select_related("call")
    return Holding(
        _("Your answers to calls for partners"),
        tuple(Held(one.call.title, one.get_absolute_url(), one.get_state_display()) for one in answered),
    )


@receiver(account_told)
def told(account: AbstractUser, **_more: Any) -> dict[str, Any]:
    """What an account answered, and which calls it published."""
    return {
        "call_answers": [answer_data(one) for one in answers_of(account)],
        "calls": [one.title for one in Call.objects.filter(by=account)],
    }


@receiver(account_erased)
def erased(account: AbstractUser, **_more: Any) -> None:
    """A person leaves: their answers go; what they published or replied stays without their name."""
    for one in answers_of(account):
        answer_erase(answer=one)
    Call.objects.filter(by=account).update(by=None)
    CallAnswer.objects.filter(replied_by=account).update(replied_by=None)
