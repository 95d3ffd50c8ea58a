"""E-mails about requests: plain text, without what was asked, since mailboxes are read by others."""

from __future__ import annotations

from functools import partial

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from odd17.web.accounts.holders import addresses_of_holders

from .models import AccessRequest
from .selectors import HANDLE


def confirm_letter(request: AccessRequest) -> None:
    """Ask whether the address is theirs."""
    _write(request, "confirm", reverse_of=("request_confirm", request.confirming), to=[request.email])


def received_letter(request: AccessRequest) -> None:
    """The request has come; its private link, and by when it is answered."""
    _write(request, "received", reverse_of=("access_request", request.token), to=[request.email])


def answer_letter(request: AccessRequest) -> None:
    """Somebody answered, or the state changed."""
    _write(request, "answer", reverse_of=("access_request", request.token), to=[request.email])


def new_letter(request: AccessRequest) -> None:
    """Tell staff that a request waits."""
    _write(request, "new", reverse_of=("request_desk_one", request.pk), to=_staff(request))


def word_letter(request: AccessRequest) -> None:
    """Tell who is in charge, or all who may answer, that who asks wrote again."""
    _write(request, "word", reverse_of=("request_desk_one", request.pk), to=_staff(request))


def _staff(request: AccessRequest) -> list[str]:
    if request.charge is not None and request.charge.email:
        return [request.charge.email]
    return addresses_of_holders(HANDLE)


def _write(request: AccessRequest, name: str, *, reverse_of: tuple[str, object], to: list[str]) -> None:
    """Send, to each alone, once what is being written in the database stands; staff read the site's own language."""
    with translation.override(request.language if to == [request.email] else settings.LANGUAGE_CODE):
        shown = {
            "request": request,
            "link": settings.ADDRESS + reverse(reverse_of[0], args=reverse_of[1:]),
            "site": settings.ADDRESS,
            "days": settings.ANSWER_DAYS,
        }
        subject, _line, body = render_to_string(f"resources/letters/{name}.txt", shown).partition("\n")
        title = f"odd17 : {' '.join(subject.split())}"
    for address in to:
        message = EmailMessage(title, body.strip() + "\n", to=[address])
        transaction.on_commit(partial(message.send), robust=True)
