"""What learning hears of: people who ask what is kept of them, and people who leave."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import AbstractUser
from django.dispatch import receiver

from odd17.web.accounts.signals import account_erased, account_told

from .models import Progress
from .selectors import progress_data
from .services import progress_erase


@receiver(account_told)
def told(account: AbstractUser, **_more: Any) -> dict[str, Any]:
    """What an account has read and passed."""
    return {"learning": [progress_data(one) for one in Progress.objects.filter(account=account)]}


@receiver(account_erased)
def erased(account: AbstractUser, **_more: Any) -> None:
    """A person leaves: their progress goes."""
    for one in Progress.objects.filter(account=account):
        progress_erase(progress=one)
