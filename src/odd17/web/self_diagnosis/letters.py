"""E-mails about the mirror: to those who may open it, and to who asked where they answered with an account."""

from __future__ import annotations

from functools import partial

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from odd17.web.accounts.holders import addresses_of_holders

from .models import MirrorAccess

OPEN_MIRROR = "self_diagnosis.open_mirror"


def asked_letter() -> None:
    """Tell those who may open the mirror that somebody waits for it; of who asks it says nothing."""
    for address in addresses_of_holders(OPEN_MIRROR):
        _write("asked", reverse("self_diagnosis_mirrors"), address)


def opened_letter(access: MirrorAccess) -> None:
    """Tell who asked that the mirror is open, where their account has an address."""
    account = access.answering.account
    if account is not None and account.email:
        _write("opened", reverse("self_diagnosis_mirror", args=[access.answering.token]), account.email)


def _write(name: str, path: str, address: str) -> None:
    """Send, once what is being written in the database stands; in the site's own language."""
    with translation.override(settings.LANGUAGE_CODE):
        text = render_to_string(f"self_diagnosis/letters/{name}.txt", {"link": settings.ADDRESS + path})
    subject, _line, body = text.partition("\n")
    message = EmailMessage(f"odd17 : {' '.join(subject.split())}", body.strip() + "\n", to=[address])
    transaction.on_commit(partial(message.send), robust=True)
