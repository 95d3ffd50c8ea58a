"""Bringing entries in: new ones are published, changed ones renewed, and what a holder has changed since stays."""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, time
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from odd17.core.resources.catalyst_brought import BroughtCatalyst
from odd17.web.practices.selectors import published

from . import letters
from .models import CatalystEntry, GoneEntry
from .services import SHOWN
from .version import directory_changed

_LISTED = 20


@dataclass
class Imported:
    """What an import did or would do. ``gone`` were withdrawn by their holders, ``edited`` were changed since by them.

    ``without_practice`` are entries that name practices which are not published: these are left out of them.
    """

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    gone: int = 0
    edited_count: int = 0
    edited: list[tuple[str, str]] = field(default_factory=list)
    without_practice: int = 0


@transaction.atomic
def catalysts_import(
    *, brought: Iterable[BroughtCatalyst], origin: str, language: str = "fr", dry_run: bool = False
) -> Imported:
    """Keep entries, told apart by their identifier under ``origin``; the same again change nothing.

    They are public at once: who consented is told by e-mail where, with the link that changes or withdraws the entry.
    All are kept, or none.
    """
    done = Imported()
    known = {one.origin_id: one for one in CatalystEntry.objects.filter(origin=origin)}
    gone = set(GoneEntry.objects.filter(origin=origin).values_list("origin_id", flat=True))
    for one in brought:
        content = _content(one)
        kept, digest = known.get(one.catalyst.id), _digest(content)
        if kept is None and one.catalyst.id in gone:
            done.gone += 1
        elif kept is None:
            done.created += 1
            done.without_practice += len(content["practices"]) < len(one.catalyst.practices)
            if not dry_run:
                _make(one, content, digest, origin, language)
        elif kept.origin_digest == digest:
            done.unchanged += 1
        elif kept.proposed or _digest(_kept(kept)) != kept.origin_digest:
            done.edited_count += 1
            if len(done.edited) < _LISTED:
                done.edited.append((kept.origin_id, kept.name))
        else:
            done.updated += 1
            if not dry_run:
                _renew(kept, content, digest)
    if not dry_run and (done.created or done.updated):
        directory_changed()
    return done


def _make(one: BroughtCatalyst, content: dict[str, Any], digest: str, origin: str, language: str) -> None:
    made = CatalystEntry(
        slug=f"{slugify(one.catalyst.name)[:60] or 'catalyseur'}-{secrets.token_hex(3)}",
        state=CatalystEntry.State.ACCEPTED,
        public=True,
        language=language,
        origin=origin,
        origin_id=one.catalyst.id,
    )
    _renew(made, content, digest)
    if made.email:
        letters.brought_letter(made)


def _renew(entry: CatalystEntry, content: dict[str, Any], digest: str) -> None:
    for name in (*SHOWN, "sources", "contact", "email"):
        setattr(entry, name, content[name])
    day = content["consented"]
    if day is not None:
        moment = timezone.make_aware(datetime.combine(day, time(12)))
        entry.consented, entry.address_confirmed = moment, moment
        entry.consent_words = ""  # they stand with who brought the file
    if day != entry.confirmed and (entry.confirmed is None or (day is not None and day > entry.confirmed)):
        entry.confirmed, entry.reminded = day, None
    entry.origin_digest = digest
    entry.save()


def _content(one: BroughtCatalyst) -> dict[str, Any]:
    """What is kept of a row, as the columns have it."""
    catalyst = one.catalyst
    numbers = [int(number) for number in catalyst.practices]
    known = set(published().filter(pk__in=numbers).values_list("pk", flat=True)) if numbers else set()
    return {
        "name": catalyst.name,
        "kind": catalyst.kind.value,
        **{
            name: list(getattr(catalyst, name))
            for name in ("trades", "domains", "territories", "services", "languages")
        },
        "summary": catalyst.summary,
        "practices": [number for number in numbers if number in known],
        "sources": "\n".join(catalyst.sources),
        "contact": one.contact,
        "email": one.email,
        "consented": one.consented,
    }


def _kept(entry: CatalystEntry) -> dict[str, Any]:
    """The same of an entry as it stands."""
    day = None if entry.consented is None else timezone.localdate(entry.consented)
    return {name: getattr(entry, name) for name in (*SHOWN, "sources", "contact", "email")} | {"consented": day}


def _digest(content: dict[str, Any]) -> str:
    plain = json.dumps(content, ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(plain.encode()).hexdigest()
