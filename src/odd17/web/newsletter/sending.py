"""Sending a letter: its recipients are fixed as rows, each is claimed before it leaves, and none leaves twice.

Whatever stops it (a crash, a server that hangs up), sending again goes on with the rows that nobody claimed. A row that
was claimed and never marked may have left: it is counted as uncertain and is not sent again.
"""

from __future__ import annotations

import smtplib
from dataclasses import dataclass

from django.core.mail import get_connection
from django.db import transaction
from django.utils import timezone

from .letters import newsletter
from .models import Delivery, Letter, Subscription

AT_ONCE = 50
"""How many leave while somebody waits for a page."""

_FOR_GOOD = 500
"""From this reply on, a server will not take it; below, it may later (RFC 5321, section 4.2.1)."""


class Empty(Exception):
    """Nobody receives the letter: there is no confirmed address."""


@dataclass(frozen=True, slots=True)
class Tally:
    """How far a letter is. ``trouble``: the server of e-mails stopped this run; what is left can be sent again."""

    recipients: int
    sent: int
    refused: int
    uncertain: int
    left: int
    trouble: bool = False


@transaction.atomic
def letter_queue(*, letter: Letter) -> None:
    """Fix the text and the recipients: those who are confirmed now. Queued twice, it is queued once. Raises Empty."""
    kept = Letter.objects.select_for_update().get(pk=letter.pk)
    if kept.queued is None:
        confirmed = Subscription.objects.exclude(confirmed=None).order_by("pk")
        rows = Delivery.objects.bulk_create(Delivery(letter=kept, subscription=one) for one in confirmed)
        if not rows:
            raise Empty
        kept.queued = timezone.now()
        kept.save(update_fields=["queued"])
    letter.refresh_from_db()


def letter_deliver(*, letter: Letter, most: int | None = None) -> Tally:
    """Send a queued letter to those whom it has not reached, ``most`` of them at most."""
    waiting = Delivery.objects.filter(letter=letter, claimed=None).order_by("pk").values_list("pk", flat=True)[:most]
    connection = get_connection()
    trouble = False
    if numbers := list(waiting):
        try:
            connection.open()
            for number in numbers:
                _deliver(number, connection)
        except (OSError, smtplib.SMTPException):
            trouble = True
        finally:
            _close(connection)
    tally = letter_tally(letter=letter, trouble=trouble)
    if tally.left == 0 and letter.ended is None:
        letter.ended = timezone.now()
        letter.save(update_fields=["ended"])
    return tally


def letter_tally(*, letter: Letter, trouble: bool = False) -> Tally:
    """How far a letter is."""
    rows = letter.deliveries.all()
    sent, refused = rows.exclude(sent=None).count(), rows.exclude(refused=None).count()
    left, every = rows.filter(claimed=None).count(), rows.count()
    return Tally(every, sent, refused, every - sent - refused - left, left, trouble)


def _deliver(number: int, connection: object) -> None:
    """Claim a row, send, mark it. What was certainly not taken is given back or refused; doubt stays claimed."""
    row = Delivery.objects.filter(pk=number)
    if not row.filter(claimed=None).update(claimed=timezone.now()):
        return  # somebody else sends it, or its person left
    delivery = row.select_related("letter", "subscription").first()
    if delivery is None:
        return
    message = newsletter(delivery.letter, delivery.subscription)
    message.connection = connection
    try:
        message.send()
    except smtplib.SMTPRecipientsRefused as error:
        code = max((code for code, _words in error.recipients.values()), default=0)
        row.update(**({"refused": timezone.now()} if code >= _FOR_GOOD else {"claimed": None}))
    except smtplib.SMTPResponseException:  # about the letter or its sender, not about this address
        row.update(claimed=None)
        raise
    else:
        row.update(sent=timezone.now())


def _close(connection: object) -> None:
    try:
        connection.close()
    except (OSError, smtplib.SMTPException):  # it hung up first
        return
