"""What is kept of a person who proposes, comments or may be asked: told to them, and erased with them."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import AbstractUser
from wagtail.models import TaskState

from odd17.web.accounts.addresses import confirmed_addresses
from odd17.web.practices.models import Practice, PracticeContact

from .contacts import contact_withdraw
from .models import Contribution
from .selectors import can_read, contributions_of
from .services import contribution_forget


def account_data(account: AbstractUser) -> dict[str, Any]:
    """What an account proposed, where it is named as contact, and what it wrote as a moderator."""
    return {
        "proposals": [contribution_data(found) for found in contributions_of(account)],
        "contacts": [contact_data(found) for found in _contacts(account)],
        "comments": [
            {"about": str(found.workflow_state.content_object), "at": _iso(found.finished_at), "comment": found.comment}
            for found in TaskState.objects.filter(finished_by=account).order_by("pk")
        ],
    }


def contribution_data(contribution: Contribution) -> dict[str, Any]:
    """A proposal, whole."""
    practice = contribution.practice
    readable = practice is not None and can_read(practice, contribution.account)
    return {
        "state": contribution.state,
        "email": contribution.email,
        "confirmed": _iso(contribution.confirmed),
        "begun": _iso(contribution.begun),
        "changed": _iso(contribution.touched),
        "answers": contribution.answers,
        "agreed": _iso(contribution.agreed),
        "agreed_words": contribution.agreed_words,
        "reply": contribution.reply,
        "practice": practice.get_absolute_url() if readable else None,
        "attachments": [
            {"name": file.name, "caption": file.caption, "size": file.size, "sent": _iso(file.sent)}
            for file in contribution.attachments.all()
        ],
    }


def contact_data(contact: PracticeContact) -> dict[str, Any]:
    """A contact, with the words and the day of consent."""
    return {
        "practice": contact.practice.title,
        "name": contact.name,
        "email": contact.email,
        "consented": _iso(contact.consented),
        "words": contact.words,
        "shown_until": contact.ends.isoformat(),
    }


def account_forget(account: AbstractUser) -> None:
    """Take a person out of what they proposed and of the contacts; what is public stays, without their name."""
    for contact in _contacts(account):
        contact_withdraw(contact=contact)
    for found in contributions_of(account):
        contribution_forget(contribution=found)
    Practice.objects.filter(author=account).update(author=None)


def _contacts(account: AbstractUser) -> Any:
    return PracticeContact.objects.filter(email__in=confirmed_addresses(account))


def _iso(moment: Any) -> str | None:
    return None if moment is None else moment.isoformat()
