"""Reminders: each member is written to about what is due or late in their alliances, once each."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import Final

from django.core import signing
from django.db import IntegrityError, transaction
from django.utils.translation import override

from odd17.core.alliances.reminders import Due, answers_due, engagements_due, stock_due

from . import letters
from .days import today
from .models import Alliance, Partner, Person, Reminder
from .selectors import engagement_of

_LOG: Final = logging.getLogger("odd17.alliances")
_SALT: Final = "odd17.alliances.reminders"


@dataclass(frozen=True, slots=True)
class Reminded:
    """How many people were written to, and to how many that failed: those are tried again the next time."""

    sent: int
    failed: int


def remind(language: str) -> Reminded:
    """Write to everybody who acts in an alliance and has not said no, about what they were not told yet."""
    sent = failed = 0
    people = Person.objects.filter(
        left=None, partner__left=None, account__is_active=True, reminders=True
    ).select_related("account", "partner__alliance")
    for person in people.order_by("pk").iterator(chunk_size=500):
        if not person.account.email:
            continue
        new = _claimed(person)
        if not new:
            continue
        try:
            with override(language):
                letters.reminder_letter(person, new, stop_token(person))
        except OSError:  # what sends e-mails fails: say it the next time
            _LOG.exception("a reminder could not be sent")
            Reminder.objects.filter(person=person, what__in=[one.key for one in new]).delete()
            failed += 1
        else:
            sent += 1
    return Reminded(sent, failed)


def due_for(person: Person) -> tuple[Due, ...]:
    """What is due today for somebody: what their organisation promised, taking stock, their own answer."""
    partner: Partner = person.partner
    alliance: Alliance = partner.alliance
    promises = {one.pk: engagement_of(one) for one in partner.promises.prefetch_related("events")}
    rounds = alliance.evaluations.filter(asked=partner).exclude(answers__partner=partner)
    return (
        *engagements_due(promises, today()),
        *stock_due(alliance.begun, list(alliance.dialogues.values_list("day", flat=True)), today()),
        *answers_due({one.pk: one.closes for one in rounds}, today()),
    )


def stop_token(person: Person) -> str:
    """What the link to stop reminders carries; it opens nothing else."""
    return signing.dumps(person.pk, salt=_SALT)


def person_of_token(token: str) -> Person | None:
    """Whose link it is, or nobody's."""
    try:
        number = signing.loads(token, salt=_SALT)
    except signing.BadSignature:
        return None
    return Person.objects.filter(pk=number, left=None).first()


def reminders_set(*, person: Person, wanted: bool) -> None:
    """Say whether somebody is reminded."""
    person.reminders = wanted
    person.save(update_fields=["reminders"])


def _claimed(person: Person) -> list[Due]:
    """What is due that was not said yet, noted as said; nothing where another run says it at this moment."""
    due = due_for(person)
    known = set(
        Reminder.objects.filter(person=person, what__in=[one.key for one in due]).values_list("what", flat=True)
    )
    new = [one for one in due if one.key not in known]
    try:
        with transaction.atomic():
            Reminder.objects.bulk_create(Reminder(person=person, what=one.key) for one in new)
    except IntegrityError:
        return []
    return new
