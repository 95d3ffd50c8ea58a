"""``contacts_follow``: what ``odd17 practices contacts`` runs; models need Django ready."""

from __future__ import annotations

from typing import ClassVar

from django.core.management.base import BaseCommand

from odd17.web.contributions.contacts import contacts_follow


class Command(BaseCommand):
    """Ask contacts whose consent ends, erase those whose consent ended."""

    help = "Ask contacts whose consent ends soon, erase those whose consent ended; run by odd17 practices contacts."
    stealth_options: ClassVar = ("done",)

    def handle(self, *args: object, **options: object) -> None:
        """Tell ``done`` how many were reminded, could not be, and were erased."""
        followed = contacts_follow()
        options["done"](followed.reminded, followed.failed, followed.erased)
