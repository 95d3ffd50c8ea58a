"""``catalysts_import``: what ``odd17 catalysts import`` runs; models can be reached only once Django is ready."""

from __future__ import annotations

from typing import ClassVar

from django.core.management.base import BaseCommand

from odd17.web.catalysts.imports import catalysts_import


class Command(BaseCommand):
    """Bring entries in."""

    help = "Keep the entries that a file brings; run by odd17 catalysts import."
    stealth_options: ClassVar = ("brought", "origin", "language", "dry_run", "done")

    def handle(self, *args: object, **options: object) -> None:
        """Keep ``brought``, and tell ``done`` what became of them."""
        asked = {key: options[key] for key in ("brought", "origin", "language", "dry_run")}
        options["done"](catalysts_import(**asked))
