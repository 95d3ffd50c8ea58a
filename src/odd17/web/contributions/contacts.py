"""Contacts of practices in time: renewed, withdrawn, reminded before consent ends, erased after."""

from __future__ import annotations

import logging
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from odd17.web.practices.consent import ASKED_BEFORE, KEPT_AFTER, consent_ends
from odd17.web.practices.models import PracticeContact
from odd17.web.practices.version import practices_changed

from .letters import consent_letter
from .models import Contribution

_LOG = logging.getLogger("odd17.contacts")

RENEWAL = _("I agree that my name and my e-mail address go on being shown on the page of this practice for two years.")


@dataclass(frozen=True, slots=True)
class Followed:
    """What was done: those reminded, those that could not be, and those erased."""

    reminded: int
    failed: int
    erased: int


@transaction.atomic
def contact_renew(*, contact: PracticeContact) -> None:
    """Begin consent again from today, in the words that the person reads beside the button."""
    contact.consented, contact.words = timezone.now(), str(RENEWAL)
    contact.ends, contact.reminded = consent_ends(timezone.localdate()), None
    contact.save()
    practices_changed()


@transaction.atomic
def contact_withdraw(*, contact: PracticeContact) -> None:
    """Take a contact out of the practice and of the proposal that it came from, and out of the pages kept drawn."""
    for found in Contribution.objects.filter(practice=contact.practice_id):
        for kept in (found.answers, found.sent_answers):
            kept.pop("contact", None)
        found.save()
    contact.delete()
    practices_changed()


def contacts_follow() -> Followed:
    """Ask those whose consent ends soon whether they go on, each once; erase those who did not answer.

    Run again, it does nothing twice: an e-mail that could not be sent is tried again the next time.
    """
    today = timezone.localdate()
    old = PracticeContact.objects.filter(ends__lt=today - KEPT_AFTER)
    erased = 0
    for contact in old:
        contact_withdraw(contact=contact)
        erased += 1
    wanted = PracticeContact.objects.filter(ends__lte=today + ASKED_BEFORE, reminded=None)
    sent = [_remind(contact) for contact in wanted.select_related("practice__locale")]
    return Followed(reminded=sum(sent), failed=len(sent) - sum(sent), erased=erased)


def _remind(contact: PracticeContact) -> bool:
    """Whether the e-mail went. It is noted first, so that two of these at once do not both write."""
    mine = PracticeContact.objects.filter(pk=contact.pk, reminded=None)
    if not mine.update(reminded=timezone.now()):
        return True
    proposal = Contribution.objects.filter(practice=contact.practice_id).first()
    language = proposal.language if proposal is not None else contact.practice.locale.language_code
    try:
        with translation.override(language):
            consent_letter(contact)
    except OSError as error:  # as every error of SMTP is
        _LOG.warning("a contact could not be reminded: %s", type(error).__name__)  # no address in a log
        PracticeContact.objects.filter(pk=contact.pk).update(reminded=None)
        return False
    return True
