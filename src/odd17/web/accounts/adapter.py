"""How odd17 answers allauth's questions."""

from __future__ import annotations

import logging
import secrets
from typing import Any, Final

from allauth.account.adapter import DefaultAccountAdapter
from django.contrib.auth.models import AbstractUser
from django.http import HttpRequest

_LOG: Final = logging.getLogger("odd17.accounts")


class Accounts(DefaultAccountAdapter):
    """Nothing of a person is in the name that their account gets: it stands in the history of what they did."""

    def populate_username(self, request: HttpRequest, user: object) -> None:
        """Give the account a name drawn at random."""
        user.username = f"c-{secrets.token_hex(6)}"

    def get_login_stages(self) -> list[str]:
        """Allauth's own, but for the confirmation of an address that is not there."""
        stages = super().get_login_stages()
        confirm = "allauth.account.stages.EmailVerificationStage"
        return ["odd17.web.accounts.stages.ConfirmedAddress" if stage == confirm else stage for stage in stages]

    def send_notification_mail(self, template_prefix: str, *args: Any, **kwargs: Any) -> None:
        """Tell a person what was done to their account; it stays done where the e-mail cannot be sent."""
        try:
            super().send_notification_mail(template_prefix, *args, **kwargs)
        except OSError as error:  # as every error of SMTP is
            _LOG.warning("%s could not be sent: %s", template_prefix, type(error).__name__)  # no address in a log


def shown_name(account: AbstractUser) -> str:
    """Call an account by its address: the name drawn for it says nothing to anybody."""
    return str(account.email or account.get_username())
