"""What the directory hears of: people who ask what is kept of them, and people who leave."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import AbstractUser
from django.dispatch import receiver

from odd17.web.accounts.signals import account_erased, account_told

from .personal import account_data, account_forget


@receiver(account_told)
def told(account: AbstractUser, **_more: Any) -> dict[str, Any]:
    """What is kept of an account here."""
    return account_data(account)


@receiver(account_erased)
def erased(account: AbstractUser, **_more: Any) -> None:
    """A person leaves."""
    account_forget(account)
