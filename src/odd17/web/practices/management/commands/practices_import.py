"""``practices_import``: what ``odd17 practices import`` runs; models can be reached only once Django is ready."""

from __future__ import annotations

from typing import ClassVar

from django.core.management.base import BaseCommand

from odd17.web.practices.imports import practices_import


class Command(BaseCommand):
    """Bring cases in."""

    help = "Keep cases that a file or the report tells; run by odd17 practices import."
    stealth_options: ClassVar = ("cases", "origin", "publish", "dry_run", "done")

    def handle(self, *args: object, **options: object) -> None:
        """Keep ``cases``, and tell ``done`` what became of them."""
        asked = {key: options[key] for key in ("cases", "origin", "publish", "dry_run")}
        options["done"](practices_import(**asked))
