"""E-mails of alliances: plain text. They never hold an answer, and no subject says what an alliance is about."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse

from odd17.core.alliances.reminders import Due

from .models import Evaluation, Invitation, Partner, Person


def invitation_letter(invitation: Invitation) -> None:
    """Invite somebody into an alliance."""
    _write(
        "invitation",
        [invitation.email],
        reverse("alliance_join", args=[invitation.token]),
        alliance=invitation.alliance,
    )


def evaluation_letter(evaluation: Evaluation, partner: Partner) -> None:
    """Tell the people of a partner that their answer is awaited."""
    address = reverse("alliance_evaluation", args=[evaluation.alliance_id, evaluation.pk])
    _write("evaluation", _addresses(partner), address, evaluation=evaluation)


def reminder_letter(person: Person, due: Sequence[Due], stop: str) -> None:
    """Remind somebody of what is due or late, at once; raises OSError where it cannot be sent."""
    alliance = person.partner.alliance
    leave = settings.ADDRESS + reverse("alliance_reminders", args=[stop])
    shown = {"alliance": alliance, "due": due, "link": settings.ADDRESS + alliance.get_absolute_url(), "stop": leave}
    message = _message("reminder", person.account.email, shown)
    message.extra_headers["List-Unsubscribe"] = f"<{leave}>"
    message.send()


def steward_letter(person: Person) -> None:
    """Tell somebody that they may change their alliance from now on: the last who could has left the platform."""
    _write("steward", [person.account.email], person.partner.alliance.get_absolute_url())


def _addresses(partner: Partner) -> list[str]:
    people = partner.people.filter(left=None, account__isnull=False).select_related("account")
    return [person.account.email for person in people if person.account.email]


def _write(name: str, to: list[str], address: str, **shown: object) -> None:
    for one in to:
        message = _message(name, one, {**shown, "link": settings.ADDRESS + address})
        transaction.on_commit(partial(message.send), robust=True)


def _message(name: str, to: str, shown: dict[str, object]) -> EmailMessage:
    subject, _line, body = render_to_string(f"alliances/letters/{name}.txt", shown).partition("\n")
    return EmailMessage(f"odd17 : {' '.join(subject.split())}", body.strip() + "\n", to=[to])
