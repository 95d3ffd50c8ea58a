"""``newsletter_letters``: what ``odd17 newsletter list`` runs; models can be reached only once Django is ready."""

from __future__ import annotations

from typing import ClassVar

from django.core.management.base import BaseCommand

from odd17.web.newsletter.models import Letter
from odd17.web.newsletter.sending import letter_tally


class Command(BaseCommand):
    """Tell each letter."""

    help = "Tell each letter and how far it is; run by odd17 newsletter list."
    stealth_options: ClassVar = ("told",)

    def handle(self, *args: object, **options: object) -> None:
        """Tell ``told`` the number, the title and the tally of each letter, None where it is not sent yet."""
        for letter in Letter.objects.all():
            options["told"](letter.pk, letter.title_fr, letter_tally(letter=letter) if letter.queued else None)
