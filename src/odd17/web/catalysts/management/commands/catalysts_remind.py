"""``catalysts_remind``: what ``odd17 catalysts remind`` runs."""

from __future__ import annotations

from typing import ClassVar

from django.core.management.base import BaseCommand

from odd17.web.catalysts.reminders import catalysts_remind


class Command(BaseCommand):
    """Ask holders to confirm."""

    help = "Ask the holders of entries to confirm them; run by odd17 catalysts remind."
    stealth_options: ClassVar = ("dry_run", "done")

    def handle(self, *args: object, **options: object) -> None:
        """Ask, and tell ``done`` how many were asked."""
        options["done"](catalysts_remind(dry_run=options["dry_run"]))
