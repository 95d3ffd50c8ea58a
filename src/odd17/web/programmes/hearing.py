"""What programmes hear of: people who ask what is kept of them, and people who leave."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import AbstractUser
from django.dispatch import receiver
from django.utils.translation import gettext as _

from odd17.web.accounts.holdings import Held, Holding
from odd17.web.accounts.signals import account_erased, account_opened, account_told

from .models import Editor, ProgrammeComment, ProgrammeReview
from .selectors import programmes_of
from .services import account_forget


@receiver(account_opened)
def opened(account: AbstractUser, **_more: Any) -> Holding:
    """The programmes that an account works on."""
    mine = programmes_of(account)
    return Holding(_("The programmes that you run"), tuple(Held(one.title, one.get_absolute_url()) for one in mine))


@receiver(account_told)
def told(account: AbstractUser, **_more: Any) -> dict[str, Any]:
    """What an account works on, and what it wrote there."""
    return {
        "programmes": [
            {
                "programme": place.programme.title,
                "owner": place.owner,
                "joined": place.joined.isoformat(),
                "reviews": ProgrammeReview.objects.filter(programme=place.programme, by=account).count(),
                "comments": [
                    one.text
                    for one in ProgrammeComment.objects.filter(programme=place.programme, by=account, removed=None)
                ],
            }
            for place in Editor.objects.filter(account=account).select_related("programme")
        ]
    }


@receiver(account_erased)
def erased(account: AbstractUser, **_more: Any) -> None:
    """A person leaves."""
    account_forget(account=account)
