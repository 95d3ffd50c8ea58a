"""``newsletter_send``: what ``odd17 newsletter send`` runs; models can be reached only once Django is ready."""

from __future__ import annotations

from typing import ClassVar

from django.core.management.base import BaseCommand

from odd17.core.kernel import Message, UsageError
from odd17.web.newsletter.models import Letter
from odd17.web.newsletter.sending import Empty, letter_deliver, letter_queue


class Command(BaseCommand):
    """Send a letter to those whom it has not reached."""

    help = "Send a letter, or go on with it; run by odd17 newsletter send."
    stealth_options: ClassVar = ("number", "done")

    def handle(self, *args: object, **options: object) -> None:
        """Send letter ``number``; ``done`` hears how far it is. Raises UsageError."""
        number = options["number"]
        letter = Letter.objects.filter(pk=number).first()
        if letter is None:
            raise UsageError(Message("There is no letter {number}: see `odd17 newsletter list`.", number=number))
        try:
            letter_queue(letter=letter)
        except Empty:
            raise UsageError("Nobody receives the letter yet: no address is confirmed.") from None
        options["done"](letter_deliver(letter=letter))
