"""``library_start``: what ``odd17 serve`` runs so that the library has what it starts with."""

from __future__ import annotations

from django.core.management.base import BaseCommand

from odd17.web.library.starting import library_start


class Command(BaseCommand):
    """Publish what the library starts with, once."""

    help = "Publish the resources that the library starts with; run by odd17 serve."

    def handle(self, *args: object, **options: object) -> None:
        """Run it."""
        library_start()
