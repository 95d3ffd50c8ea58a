"""Writing calls: published, closed; answered, confirmed, decided, erased. Each change is one transaction."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final

from django.contrib.auth.models import AbstractUser
from django.db import IntegrityError, transaction
from django.utils import timezone

from odd17.core.alliances.calls import check_until
from odd17.web.alliances.models import Alliance
from odd17.web.alliances.services import invite

from . import letters
from .models import Call, CallAnswer

UNCONFIRMED: Final = timedelta(days=7)
"""How long an answer is kept whose address nobody confirms."""

KEPT: Final = timedelta(days=365)
"""How long answers are kept after the call has closed."""


class Closed(Exception):
    """The call no longer takes answers."""


class Decided(Exception):
    """Somebody of the alliance has answered it already."""


def call_publish(*, alliance: Alliance, account: AbstractUser, once: str, language: str, told: dict[str, Any]) -> Call:
    """Make a need public, once; DataError for a day that has passed or is too far off."""
    check_until(told["until"], timezone.localdate())
    defaults = {"alliance": alliance, "by": account, "language": language, **told}
    call, _made = Call.objects.get_or_create(once=once, defaults=defaults)
    return call


def call_close(*, call: Call) -> None:
    """Take no more answers; a second time changes nothing."""
    Call.objects.filter(pk=call.pk, closed=None).update(closed=timezone.now())


def answer_make(
    *, call: Call, once: str, language: str, account: AbstractUser | None, confirmed: bool, told: dict[str, Any]
) -> CallAnswer:
    """Keep an answer, or give the one that the same form made; it waits for its address unless ``confirmed``.

    Raises Closed.
    """
    made = CallAnswer.objects.filter(once=once).first()
    if made is not None:
        return made
    if not call.is_open:
        raise Closed
    CallAnswer.objects.filter(confirmed=None, made__lt=timezone.now() - UNCONFIRMED).delete()
    try:
        with transaction.atomic():
            made = CallAnswer.objects.create(call=call, once=once, language=language, account=account, **told)
            if confirmed:
                answer_confirm(answer=made)
            else:
                letters.confirm_letter(made)
            return made
    except IntegrityError:  # sent twice at once
        return CallAnswer.objects.get(once=once)


@transaction.atomic
def answer_confirm(*, answer: CallAnswer) -> None:
    """The address is theirs: members read the answer from now on. A second time changes nothing."""
    if CallAnswer.objects.filter(pk=answer.pk, confirmed=None).update(confirmed=timezone.now()):
        answer.refresh_from_db()
        letters.received_letter(answer)
        letters.new_letter(answer)


@transaction.atomic
def answer_decide(*, answer: CallAnswer, by: AbstractUser, accepted: bool, reply: str) -> None:
    """Invite who answered into the alliance, or decline with a word; raises Decided where somebody did before."""
    kept = CallAnswer.objects.select_for_update().get(pk=answer.pk)
    if kept.state != CallAnswer.State.WAITING:
        raise Decided
    kept.state = CallAnswer.State.ACCEPTED if accepted else CallAnswer.State.DECLINED
    kept.reply, kept.replied, kept.replied_by = reply, timezone.now(), by
    if accepted:
        kept.invitation = invite(alliance=kept.call.alliance, email=kept.email, partner=None)
    kept.save()
    letters.decided_letter(kept)


@transaction.atomic
def answer_erase(*, answer: CallAnswer) -> None:
    """Erase an answer with what was replied, and the invitation that nobody took."""
    if answer.invitation is not None and answer.invitation.used is None:
        answer.invitation.delete()
    answer.delete()


def answers_expire() -> int:
    """Erase the answers to calls that closed a year ago, and those that nobody confirmed; gives how many."""
    day = timezone.localdate()
    old, _kinds = CallAnswer.objects.filter(call__until__lt=day - KEPT).delete()
    left, _kinds = CallAnswer.objects.filter(confirmed=None, made__lt=timezone.now() - UNCONFIRMED).delete()
    return int(old + left)
