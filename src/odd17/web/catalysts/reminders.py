"""Reminders to holders, fit to be run every day: each is asked once a month at most until they confirm."""

from __future__ import annotations

from dataclasses import dataclass
from smtplib import SMTPException

from django.db import transaction
from django.utils import timezone

from odd17.core.kernel.months import whole_months
from odd17.core.resources.catalysts import FORGET_MONTHS, reminder_due

from . import letters
from .models import CatalystEntry
from .selectors import entries_forgotten
from .services import entries_expire, entry_withdraw


@dataclass
class Reminded:
    """How many were asked, how many e-mails did not leave, and how many entries were erased, long unconfirmed."""

    asked: int = 0
    failed: int = 0
    erased: int = 0


def catalysts_remind(*, dry_run: bool = False) -> Reminded:
    """Ask the holders of entries that are to be confirmed; erase what nobody confirmed or took up again in two years.

    An e-mail that the server does not take is tried again at the next run. ``dry_run`` counts and does nothing.
    """
    done, today = Reminded(), timezone.localdate()
    if not dry_run:
        entries_expire()
    for entry in CatalystEntry.objects.filter(public=True).exclude(confirmed=None).exclude(email="").order_by("pk"):
        if whole_months(entry.confirmed, today) >= FORGET_MONTHS:
            done.erased += 1
            if not dry_run:
                entry_withdraw(entry=entry)
        elif reminder_due(entry.confirmed, entry.reminded, today):
            if dry_run or _asked(entry):
                done.asked += 1
            else:
                done.failed += 1
    for entry in entries_forgotten():
        done.erased += 1
        if not dry_run:
            entry_withdraw(entry=entry)
    return done


def _asked(entry: CatalystEntry) -> bool:
    """Whether the reminder left. It is noted first: a run that stops, or another beside it, asks nobody twice."""
    before, today = entry.reminded, timezone.localdate()
    with transaction.atomic():
        if not CatalystEntry.objects.filter(pk=entry.pk, reminded=before).update(reminded=today):
            return True
    try:
        letters.reminder(entry).send()
    except (OSError, SMTPException):
        CatalystEntry.objects.filter(pk=entry.pk).update(reminded=before)
        return False
    return True
