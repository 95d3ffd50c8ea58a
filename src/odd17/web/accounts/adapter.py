"""How odd17 answers allauth's questions."""

from __future__ import annotations

import secrets

from allauth.account.adapter import DefaultAccountAdapter
from django.contrib.auth.models import AbstractUser
from django.http import HttpRequest


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


def shown_name(account: AbstractUser) -> str:
    """Call an account by its address: the name drawn for it says nothing to anybody."""
    return str(account.email or account.get_username())
