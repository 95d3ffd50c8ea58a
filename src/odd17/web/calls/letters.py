"""E-mails about calls: plain text, without what was answered, since mailboxes are read by others."""

from __future__ import annotations

from functools import partial

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from odd17.web.alliances.selectors import people_of

from .models import CallAnswer


def confirm_letter(answer: CallAnswer) -> None:
    """Ask whether the address is theirs."""
    _write(answer, "confirm", reverse("call_confirm", args=[answer.confirming]), [answer.email], answer.language)


def received_letter(answer: CallAnswer) -> None:
    """The answer has come; its private link."""
    _write(answer, "received", answer.get_absolute_url(), [answer.email], answer.language)


def decided_letter(answer: CallAnswer) -> None:
    """The alliance has answered."""
    _write(answer, "decided", answer.get_absolute_url(), [answer.email], answer.language)


def new_letter(answer: CallAnswer) -> None:
    """Tell members that an answer waits."""
    people = people_of(answer.call.alliance).select_related("account")
    to = sorted({person.account.email for person in people if person.account.email})
    link = reverse("alliance_call", args=[answer.call.alliance_id, answer.call_id])
    _write(answer, "new", link, to, settings.LANGUAGE_CODE)


def _write(answer: CallAnswer, name: str, address: str, to: list[str], language: str) -> None:
    """Send, to each alone, once what is being written in the database stands."""
    with translation.override(language):
        shown = {"answer": answer, "link": settings.ADDRESS + address, "site": settings.ADDRESS}
        subject, _line, body = render_to_string(f"calls/letters/{name}.txt", shown).partition("\n")
        title = f"odd17 : {' '.join(subject.split())}"
    for one in to:
        message = EmailMessage(title, body.strip() + "\n", to=[one])
        transaction.on_commit(partial(message.send), robust=True)
