"""``roles_ensure``: what ``odd17 serve`` runs after the migrations."""

from __future__ import annotations

from django.core.management.base import BaseCommand

from odd17.web.accounts.roles import roles_ensure


class Command(BaseCommand):
    """Make the roles, and the moderation of practices."""

    help = "Make the roles with their rights, and the moderation that practices pass."

    def handle(self, *args: object, **options: object) -> None:
        """Run it."""
        roles_ensure()
