"""What requests hear of: people who ask what is kept of them, and people who leave."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import AbstractUser
from django.dispatch import receiver
from django.utils.translation import gettext as _

from odd17.web.accounts.holdings import Held, Holding
from odd17.web.accounts.signals import account_erased, account_opened, account_told

from .models import AccessRequest, RequestMessage
from .selectors import request_data, requests_of
from .services import request_erase


@receiver(account_opened)
def opened(account: AbstractUser, **_more: Any) -> Holding:
    """What an account asked for."""
    asked = requests_of(account).exclude(confirmed=None)
    return Holding(
        _("Your requests"), tuple(Held(one.what.name, one.get_absolute_url(), one.get_state_display()) for one in asked)
    )


@receiver(account_told)
def told(account: AbstractUser, **_more: Any) -> dict[str, Any]:
    """What an account asked for."""
    return {"access_requests": [request_data(one) for one in requests_of(account)]}


@receiver(account_erased)
def erased(account: AbstractUser, **_more: Any) -> None:
    """A person leaves: their requests go; what they answered to others stays without their name."""
    for one in requests_of(account):
        request_erase(request=one)
    AccessRequest.objects.filter(charge=account).update(charge=None)
    RequestMessage.objects.filter(writer=account).update(writer=None)
