"""What stands between a right password and being signed in."""

from __future__ import annotations

from allauth.account.stages import EmailVerificationStage
from django.http import HttpResponse


class ConfirmedAddress(EmailVerificationStage):
    """An address must be confirmed first; an account made on the command line without one has nothing to confirm."""

    def handle(self) -> tuple[HttpResponse | None, bool]:
        """Go on, or ask for the confirmation."""
        user = self.login.user  # None where someone signs up with the address of another account
        if user is not None and not user.email:
            return None, True
        return super().handle()
