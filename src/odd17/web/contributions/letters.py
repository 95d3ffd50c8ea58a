"""E-mails to those who propose: plain text, in the language in which they wrote."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from odd17.web.practices.models import PracticeContact

from .models import Contribution


def confirm_letter(contribution: Contribution) -> None:
    """Ask whether the address is theirs."""
    _write(contribution, "confirm", link=("proposal_confirm", contribution.confirming))


def link_letter(contribution: Contribution) -> None:
    """The private link that opens the draft again."""
    _write(contribution, "link", link=("proposal_resume", contribution.token))


def received_letter(contribution: Contribution) -> None:
    """The proposal has come to the moderators."""
    _write(contribution, "received", link=("proposal_resume", contribution.token))


def answer_letter(contribution: Contribution) -> None:
    """A moderator asks for changes."""
    _write(contribution, "answer", link=("proposal_resume", contribution.token))


def declined_letter(contribution: Contribution) -> None:
    """A moderator declined, and why."""
    _write(contribution, "declined", link=("proposal_resume", contribution.token))


def published_letter(contribution: Contribution) -> None:
    """The practice is published: its lasting address, and the private link, which says what becomes of it."""
    _write(contribution, "published", link=("practice", *_place(contribution)))


def consent_letter(contact: PracticeContact) -> None:
    """Ask a contact whose consent ends whether they go on, in the language in force; raises OSError if not sent."""
    link = settings.ADDRESS + reverse("contact", args=[contact.token])
    _message("consent", contact.email, contact=contact, link=link, site=settings.ADDRESS).send()


def _place(contribution: Contribution) -> list[object]:
    path = contribution.practice.get_absolute_url().rstrip("/").rpartition("/")[2]
    number, _dash, words = path.partition("-")
    return [int(number), words]


def _write(contribution: Contribution, name: str, *, link: tuple[object, ...]) -> None:
    """Send once what is being written in the database stands; a server of e-mails that fails loses nothing else."""
    if not contribution.email:
        return
    contact = PracticeContact.objects.filter(practice=contribution.practice_id or 0).first()
    with translation.override(contribution.language):
        message = _message(
            name,
            contribution.email,
            contribution=contribution,
            link=settings.ADDRESS + reverse(str(link[0]), args=link[1:]),
            own=settings.ADDRESS + reverse("proposal_resume", args=[contribution.token]),
            site=settings.ADDRESS,
            withdraw=contact and settings.ADDRESS + reverse("contact", args=[contact.token]),
        )
    transaction.on_commit(partial(message.send), robust=True)


def _message(name: str, to: str, **shown: Any) -> EmailMessage:
    subject, _line, body = render_to_string(f"contributions/letters/{name}.txt", shown).partition("\n")
    return EmailMessage(f"odd17 : {' '.join(subject.split())}", body.strip() + "\n", to=[to])
