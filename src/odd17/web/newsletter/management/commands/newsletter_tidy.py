"""``newsletter_tidy``: what ``odd17 newsletter tidy`` runs; models can be reached only once Django is ready."""

from __future__ import annotations

from typing import ClassVar

from django.core.management.base import BaseCommand

from odd17.web.newsletter.services import unconfirmed_forget


class Command(BaseCommand):
    """Remove the addresses that nobody confirmed."""

    help = "Remove the addresses that nobody confirmed within seven days; run by odd17 newsletter tidy."
    stealth_options: ClassVar = ("done",)

    def handle(self, *args: object, **options: object) -> None:
        """Remove them, and tell ``done`` how many."""
        options["done"](unconfirmed_forget())
