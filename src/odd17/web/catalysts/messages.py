"""Putting in touch: a visitor's message reaches an entry's holder once the visitor's address is confirmed."""

from __future__ import annotations

from datetime import timedelta
from smtplib import SMTPException

from django.db import IntegrityError, transaction
from django.utils import timezone

from . import letters
from .models import CatalystEntry, CatalystMessage

UNCONFIRMED = timedelta(days=2)
"""How long a message waits for its writer's address to be confirmed."""


class NotSent(Exception):
    """The server of e-mails did not take the message: it stays to be sent."""


def message_write(
    *, entry: CatalystEntry, once: str, language: str, name: str, email: str, text: str, asks: bool = True
) -> CatalystMessage:
    """Keep a message until its writer confirms their address, or give the one that the same form wrote.

    The address is asked to be confirmed where ``asks``; that of an account is already.
    """
    now = timezone.now()
    CatalystMessage.objects.filter(sent=None, made__lt=now - UNCONFIRMED).delete()
    try:
        with transaction.atomic():
            written = CatalystMessage.objects.create(
                entry=entry, once=once, language=language, name=name, email=email.lower(), text=text
            )
            if asks:
                letters.message_letter(written)
            return written
    except IntegrityError:
        return CatalystMessage.objects.get(once=once)


def message_send(*, message: CatalystMessage) -> None:
    """Send it to the entry's holder, once, and keep nothing of what it said or who wrote it; raises NotSent.

    It is marked first, so that two presses of the button send one e-mail.
    """
    if not CatalystMessage.objects.filter(pk=message.pk, sent=None).update(sent=timezone.now()):
        return
    try:
        letters.relayed(message).send()
    except (OSError, SMTPException) as error:
        CatalystMessage.objects.filter(pk=message.pk).update(sent=None)
        raise NotSent from error
    CatalystMessage.objects.filter(pk=message.pk).update(name="", email="", text="")
