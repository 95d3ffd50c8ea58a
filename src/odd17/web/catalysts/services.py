"""Writing entries: begun, confirmed by e-mail, read by a moderator, changed, confirmed each year, withdrawn."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.contrib.auth.models import AbstractUser
from django.db import IntegrityError, transaction
from django.utils import timezone, translation
from django.utils.text import slugify

from odd17.workflows.catalysts import cited_catalysts

from . import letters
from .forms import CONSENT, EntryForm
from .models import CatalystEntry, GoneEntry, StatedAbsence
from .selectors import cited_entry, holder_of
from .version import directory_changed

State = CatalystEntry.State
UNCONFIRMED = timedelta(days=7)
"""How long an entry waits for its address to be confirmed."""

SHOWN = ("name", "kind", "trades", "domains", "territories", "services", "languages", "summary", "practices")
"""What readers see, and a holder proposes."""


class Stale(Exception):
    """Somebody else changed or decided in the meantime."""


class Claimed(Exception):
    """Somebody else holds the entry that is claimed."""


class Unfit(Exception):
    """What is proposed cannot be published as it stands: a word of it is none any more."""


def entry_begin(
    *,
    once: str,
    language: str,
    email: str,
    proposed: Mapping[str, object],
    cited: str = "",
    account: AbstractUser | None = None,
) -> CatalystEntry:
    """Begin an entry, or give the one that the same form began; an account's address is confirmed already.

    Consent is recorded with its words. Raises Claimed where somebody holds the ``cited`` entry.
    """
    entries_expire()
    if cited and (holder := holder_of(cited)) is not None and holder.once != once:
        raise Claimed
    with translation.override(language):
        words = str(CONSENT)
    try:
        with transaction.atomic():
            begun = CatalystEntry.objects.create(
                once=once,
                slug=f"{slugify(str(proposed.get('name', '')))[:60] or 'catalyseur'}-{secrets.token_hex(3)}",
                cited=cited,
                language=language,
                email=email.lower(),
                contact=str(proposed.get("contact", ""))[:200],
                account=account,
                proposed=dict(proposed),
                consented=timezone.now(),
                consent_words=words,
            )
            if account is None:
                letters.confirm_letter(begun)
            else:
                entry_confirm(entry=begun)
            return begun
    except IntegrityError:
        return CatalystEntry.objects.get(once=once)


def entries_expire() -> None:
    """Erase the entries whose address nobody confirmed."""
    CatalystEntry.objects.filter(state=State.WAITING, made__lt=timezone.now() - UNCONFIRMED).delete()


@transaction.atomic
def entry_confirm(*, entry: CatalystEntry) -> None:
    """The address is theirs: moderators see the entry from now on. A second time changes nothing."""
    first = CatalystEntry.objects.filter(pk=entry.pk, address_confirmed=None)
    if first.update(address_confirmed=timezone.now(), state=State.SENT, touched=timezone.now()):
        entry.refresh_from_db()
        letters.received_letter(entry)
        letters.desk_letter(entry)


@transaction.atomic
def entry_change(*, entry: CatalystEntry, version: int, proposed: Mapping[str, object]) -> None:
    """Propose changes: readers see the entry as it was until a moderator has read them. Raises Stale."""
    kept = CatalystEntry.objects.select_for_update().get(pk=entry.pk)
    if kept.proposed == dict(proposed) and kept.state == State.SENT:  # sent twice
        return
    if kept.version != version:
        raise Stale
    kept.proposed, kept.contact = dict(proposed), str(proposed.get("contact", ""))[:200]
    kept.state, kept.reply = State.SENT, ""
    kept.version += 1
    kept.save()
    letters.desk_letter(kept)


@transaction.atomic
def entry_answer(*, entry: CatalystEntry, version: int, decision: str, text: str) -> None:
    """A moderator publishes what is proposed, asks for changes, or declines it; raises Stale, Claimed and Unfit.

    Other claims of the entry that is published are declined, and told so.
    """
    kept = CatalystEntry.objects.select_for_update().get(pk=entry.pk)
    if kept.version != version or kept.state != State.SENT:
        raise Stale
    kept.version += 1
    kept.reply = text
    if decision == "accept":
        _publish(kept)
        letters.accepted_letter(kept)
    else:
        kept.state = State.ANSWERED if decision == "ask" else State.DECLINED
        kept.save()
        (letters.answer_letter if decision == "ask" else letters.declined_letter)(kept)


@transaction.atomic
def entry_hide(*, entry: CatalystEntry, version: int, text: str) -> None:
    """A moderator takes a public entry out of the directory and says why; its holder may change it and send it again.

    What the report says of the structure is shown again. Raises Stale.
    """
    kept = CatalystEntry.objects.select_for_update().get(pk=entry.pk)
    if kept.version != version or not kept.public:
        raise Stale
    kept.version += 1
    kept.public, kept.state, kept.reply = False, State.DECLINED, text
    kept.save()
    letters.declined_letter(kept)
    directory_changed()


def _publish(entry: CatalystEntry) -> None:
    form = EntryForm(entry.proposed | {"consent": "on"})
    if not form.is_valid():
        raise Unfit
    for name in SHOWN:
        setattr(entry, name, form.cleaned_data[name])
    if entry.cited and not entry.public:
        _take(entry)
    entry.state, entry.public = State.ACCEPTED, True
    entry.confirmed = timezone.localdate()
    try:
        with transaction.atomic():
            entry.save()
    except IntegrityError as error:
        raise Claimed from error
    if entry.cited:
        rivals = CatalystEntry.objects.filter(cited=entry.cited, public=False).exclude(pk=entry.pk)
        for rival in rivals.exclude(state__in=(State.WAITING, State.DECLINED)):
            with translation.override(rival.language):
                rival.reply = str(letters.CLAIMED)
            rival.state = State.DECLINED
            rival.save()
            letters.declined_letter(rival)
    directory_changed()


def _take(entry: CatalystEntry) -> None:
    """Take the place of the cited entry, at its address; one that an import brought goes, with what it was.

    A holder who has not confirmed it for too long loses it.
    """
    if holder_of(entry.cited) is not None:
        raise Claimed
    for former in CatalystEntry.objects.filter(slug=entry.cited).exclude(email="").exclude(pk=entry.pk):
        former.public, former.slug = False, f"{entry.cited[:60]}-{secrets.token_hex(3)}"
        former.save()
    source = cited_entry(entry.cited)
    brought = CatalystEntry.objects.filter(slug=entry.cited, email="").first()
    if source is not None:
        entry.sources = "\n".join(source.sources)
    elif brought is not None:
        entry.sources = brought.sources
        _gone(brought)
        brought.delete()
    entry.slug = entry.cited


@transaction.atomic
def entry_renew(*, entry: CatalystEntry) -> None:
    """Its holder vouches for it for twelve months more; the link of the reminder ends with it."""
    kept = CatalystEntry.objects.select_for_update().get(pk=entry.pk)
    kept.confirmed, kept.reminded = timezone.localdate(), None
    kept.renewing = secrets.token_urlsafe(32)
    kept.save()
    directory_changed()


@transaction.atomic
def entry_withdraw(*, entry: CatalystEntry, altogether: bool = False) -> None:
    """Erase an entry with all that is kept of its holder, and what visitors were about to write.

    What brought it does not bring it back. What the report says of the structure is shown again, to be claimed, unless
    its holder asks that it be gone ``altogether``.
    """
    if entry.public:
        if altogether and cited_entry(entry.cited) is not None:
            GoneEntry.objects.get_or_create(origin=cited_catalysts().origin, origin_id=entry.cited)
        directory_changed()
    _gone(entry)
    entry.delete()


def _gone(entry: CatalystEntry) -> None:
    if entry.origin:
        GoneEntry.objects.get_or_create(origin=entry.origin, origin_id=entry.origin_id)


@transaction.atomic
def absence_state(*, trade: str, territory: str, source: str, day: date) -> None:
    """Keep that somebody looked and found nobody; said anew, it replaces what was said."""
    said: dict[str, Any] = {"source": source, "day": day}
    StatedAbsence.objects.update_or_create(trade=trade, territory=territory, defaults=said)
    directory_changed()


@transaction.atomic
def absence_remove(*, number: int) -> None:
    """Take back what was said."""
    StatedAbsence.objects.filter(pk=number).delete()
    directory_changed()
