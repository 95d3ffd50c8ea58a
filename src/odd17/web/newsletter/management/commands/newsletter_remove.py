"""``newsletter_remove``: what ``odd17 newsletter remove`` runs; models can be reached only once Django is ready."""

from __future__ import annotations

from typing import ClassVar

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand
from django.core.validators import validate_email

from odd17.core.kernel import UsageError
from odd17.web.newsletter.services import subscription_remove


class Command(BaseCommand):
    """Remove an address from the list."""

    help = "Remove an address, with all that is kept with it; run by odd17 newsletter remove."
    stealth_options: ClassVar = ("address", "done")

    def handle(self, *args: object, **options: object) -> None:
        """Remove ``address``, and tell ``done`` whether it was there. Raises UsageError, which does not name it."""
        try:
            validate_email(options["address"])
        except ValidationError:
            raise UsageError("This is no e-mail address: write it alone, as in name@example.org.") from None
        options["done"](subscription_remove(email=options["address"]))
