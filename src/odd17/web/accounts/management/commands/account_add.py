"""``account_add``: what ``odd17 user add`` runs; a command line reaches Django's models only once Django is ready."""

from __future__ import annotations

from django.core.management.base import BaseCommand

from odd17.web.accounts.services import account_add


class Command(BaseCommand):
    """Make an account."""

    help = "Make an account."

    def handle(self, *args: object, **options: object) -> None:
        """Run it with the arguments of the service."""
        asked = {key: options[key] for key in ("name", "password", "email", "staff", "admin", "role")}
        account_add(**asked)

    def add_arguments(self, parser: object) -> None:
        """The arguments of the service."""
        parser.add_argument("--name", required=True)
        parser.add_argument("--password", required=True)
        parser.add_argument("--email", default="")
        parser.add_argument("--role", default="")
        parser.add_argument("--staff", action="store_true")
        parser.add_argument("--admin", action="store_true")
