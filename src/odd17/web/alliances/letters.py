"""E-mails of alliances: plain text. They never hold an answer, and no subject says what an alliance is about."""

from __future__ import annotations

from functools import partial

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse

from odd17.core.alliances.engagements import Engagement

from .models import Alliance, Evaluation, Invitation, Partner


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


def reminder_letter(alliance: Alliance, partner: Partner, awaited: list[Engagement]) -> None:
    """Remind the people of a partner of what they promised."""
    _write("reminder", _addresses(partner), alliance.get_absolute_url(), alliance=alliance, awaited=awaited)


def _addresses(partner: Partner) -> list[str]:
    people = partner.people.filter(left=None, account__isnull=False).select_related("account")
    return [person.account.email for person in people if person.account.email]


def _write(name: str, to: list[str], address: str, **shown: object) -> None:
    for one in to:
        text = render_to_string(f"alliances/letters/{name}.txt", {**shown, "link": settings.ADDRESS + address})
        subject, _line, body = text.partition("\n")
        message = EmailMessage(f"odd17 : {' '.join(subject.split())}", body.strip() + "\n", to=[one])
        transaction.on_commit(partial(message.send), robust=True)
