"""E-mails of the newsletter: the two that answer a form, and the letter itself. Plain text, no picture, no counter."""

from __future__ import annotations

from functools import partial

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation

from .confirming import confirming_link
from .models import Letter, Subscription


def confirm_letter(subscription: Subscription) -> None:
    """Ask whether the address is theirs, and whether they want the letter."""
    _answer(subscription, "confirm", reverse_of=("newsletter_confirm", confirming_link(subscription.confirming)))


def known_letter(subscription: Subscription) -> None:
    """Tell somebody who receives the letter that a form asked for it again: the page does not say so."""
    _answer(subscription, "known", reverse_of=("newsletter_subscription", subscription.token))


def newsletter(letter: Letter, subscription: Subscription) -> EmailMessage:
    """The letter to somebody, in their language, with what takes them off the list in one click (RFC 8058)."""
    language = subscription.language
    with translation.override(language):
        leave = _whole("newsletter_leave", subscription.token)
        shown = {
            "text": letter.text(language),
            "since": timezone.localtime(subscription.confirmed or subscription.asked),
            "site": settings.ADDRESS,
            "page": settings.ADDRESS + letter.get_absolute_url(),
            "leave": leave,
            "own": settings.ADDRESS + subscription.get_absolute_url(),
        }
        body = render_to_string("newsletter/letters/letter.txt", shown).strip() + "\n"
    headers = {"List-Unsubscribe": f"<{leave}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    return EmailMessage(_line(letter.title(language)), body, to=[subscription.email], headers=headers)


def _answer(subscription: Subscription, name: str, *, reverse_of: tuple[str, str]) -> None:
    """Send once what is being written in the database stands."""
    with translation.override(subscription.language):
        shown = {"link": _whole(*reverse_of), "site": settings.ADDRESS}
        subject, _end, body = render_to_string(f"newsletter/letters/{name}.txt", shown).partition("\n")
    message = EmailMessage(f"odd17 : {_line(subject)}", body.strip() + "\n", to=[subscription.email])
    transaction.on_commit(partial(message.send), robust=True)


def _whole(name: str, argument: str) -> str:
    return settings.ADDRESS + reverse(name, args=[argument])


def _line(text: str) -> str:
    return " ".join(text.split())
