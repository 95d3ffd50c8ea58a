"""What the directory hears of: people who ask what is kept of them, and people who leave."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import AbstractUser
from django.dispatch import receiver
from django.urls import reverse
from django.utils.translation import gettext as _

from odd17.web.accounts.holdings import Held, Holding
from odd17.web.accounts.signals import account_erased, account_opened, account_told

from .personal import account_data, account_forget
from .selectors import entries_of


@receiver(account_opened)
def opened(account: AbstractUser, **_more: Any) -> Holding:
    """The entries that an account holds."""
    mine = entries_of(account).exclude(address_confirmed=None)
    return Holding(
        _("Your entries in the directory of catalysts"),
        tuple(Held(one.called, reverse("catalyst_mine", args=[one.token]), one.get_state_display()) for one in mine),
    )


@receiver(account_told)
def told(account: AbstractUser, **_more: Any) -> dict[str, Any]:
    """What is kept of an account here."""
    return account_data(account)


@receiver(account_erased)
def erased(account: AbstractUser, **_more: Any) -> None:
    """A person leaves."""
    account_forget(account)
