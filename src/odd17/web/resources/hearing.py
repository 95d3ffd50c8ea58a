"""What requests hear of: people who ask what is kept of them, and people who leave."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import AbstractUser
from django.dispatch import receiver

from odd17.web.accounts.signals import account_erased, account_told

from .models import AccessRequest, RequestMessage
from .selectors import request_data, requests_of
from .services import request_erase


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
