"""What learning hears of: people who ask what is kept of them, and people who leave."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import AbstractUser
from django.dispatch import receiver
from django.utils.translation import gettext as _

from odd17.web.accounts.holdings import Held, Holding
from odd17.web.accounts.signals import account_erased, account_opened, account_told
from odd17.workflows.modules import modules

from .models import Progress
from .selectors import progress_data
from .services import progress_erase


@receiver(account_opened)
def opened(account: AbstractUser, **_more: Any) -> Holding:
    """The modules that an account began, of which the file is still there."""
    known = modules()
    return Holding(
        _("Your learning modules"),
        tuple(
            Held(known[one.module, one.version].title, one.get_absolute_url())
            for one in Progress.objects.filter(account=account)
            if (one.module, one.version) in known
        ),
    )


@receiver(account_told)
def told(account: AbstractUser, **_more: Any) -> dict[str, Any]:
    """What an account has read and passed."""
    return {"learning": [progress_data(one) for one in Progress.objects.filter(account=account)]}


@receiver(account_erased)
def erased(account: AbstractUser, **_more: Any) -> None:
    """A person leaves: their progress goes."""
    for one in Progress.objects.filter(account=account):
        progress_erase(progress=one)
