"""``alliances_remind``: what ``odd17 alliances remind`` runs; models need Django ready."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.core.management.base import BaseCommand

from odd17.web.alliances.reminders import remind
from odd17.web.calls.services import answers_expire


class Command(BaseCommand):
    """Remind members of what is due, and erase answers to calls that are too old to be kept."""

    help = "Remind members of alliances of what is due or late; run by odd17 alliances remind."
    stealth_options: ClassVar = ("done",)

    def handle(self, *args: object, **options: object) -> None:
        """Tell ``done`` how many were reminded, how many could not be, and how many answers were erased."""
        told = remind(settings.LANGUAGE_CODE)
        options["done"]((told.sent, told.failed, answers_expire()))
