"""Writing requests: made, confirmed, answered by both sides, moved, erased."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib.auth.models import AbstractUser
from django.db import IntegrityError, transaction
from django.utils import timezone

from odd17.core.resources.requests import State, next_states

from . import letters
from .models import AccessRequest, RequestMessage

UNCONFIRMED = timedelta(days=7)
"""How long a request is kept whose address nobody confirms."""


class Stale(Exception):
    """Somebody else decided about this request in the meantime."""


class NoSuchMove(Exception):
    """The request may not go from its state to this one."""


def request_make(*, once: str, language: str, account: AbstractUser | None, said: dict[str, Any]) -> AccessRequest:
    """Make a request, or give the one that the same form made; it waits for its address to be confirmed."""
    AccessRequest.objects.filter(confirmed=None, made__lt=timezone.now() - UNCONFIRMED).delete()
    try:
        with transaction.atomic():
            made = AccessRequest.objects.create(once=once, language=language, account=account, **said)
            letters.confirm_letter(made)
            return made
    except IntegrityError:
        return AccessRequest.objects.get(once=once)


@transaction.atomic
def request_confirm(*, request: AccessRequest) -> None:
    """The address is theirs: staff see the request from now on. A second time changes nothing."""
    if AccessRequest.objects.filter(pk=request.pk, confirmed=None).update(confirmed=timezone.now()):
        request.refresh_from_db()
        letters.received_letter(request)
        letters.new_letter(request)


def message_add(*, request: AccessRequest, text: str, once: str, writer: AbstractUser | None = None) -> None:
    """Keep a message once and tell the other side; from staff where there is a ``writer``."""
    try:
        with transaction.atomic():
            request.messages.create(text=text, once=once, writer=writer, from_staff=writer is not None)
            (letters.answer_letter if writer is not None else letters.word_letter)(request)
    except IntegrityError:  # sent twice
        return


@transaction.atomic
def request_decide(
    *, request: AccessRequest, by: AbstractUser, version: int, state: str, take: bool, text: str, once: str
) -> None:
    """Move a request, take charge of it and answer it, as one act; raises Stale and NoSuchMove, and keeps nothing then.

    The same form sent twice counts once.
    """
    kept = AccessRequest.objects.select_for_update().get(pk=request.pk)
    if text and RequestMessage.objects.filter(once=once).exists():
        return
    if kept.version != version:
        raise Stale
    if state and state not in next_states(State(kept.state)):
        raise NoSuchMove
    kept.state = state or kept.state
    if take:
        kept.charge = by
    kept.version += 1
    kept.save()
    if text:
        kept.messages.create(text=text, once=once, writer=by, from_staff=True)
    if text or state:
        letters.answer_letter(kept)


def request_erase(*, request: AccessRequest) -> None:
    """Erase a request with all that was said."""
    request.delete()
