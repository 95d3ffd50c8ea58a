"""What the newsletter hears of: people who ask what is kept of them, and people who leave."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import AbstractUser
from django.dispatch import receiver

from odd17.web.accounts.signals import account_erased, account_told

from .selectors import subscription_data, subscriptions_of
from .services import subscription_end


@receiver(account_told)
def told(account: AbstractUser, **_more: Any) -> dict[str, Any]:
    """What is kept of the addresses of an account."""
    return {"newsletter": [subscription_data(one) for one in subscriptions_of(account)]}


@receiver(account_erased)
def erased(account: AbstractUser, **_more: Any) -> None:
    """A person leaves: the letter no longer comes to them."""
    for one in subscriptions_of(account):
        subscription_end(token=one.token)
