"""What is kept of a person who holds an entry: told to them, and erased with them."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import AbstractUser

from odd17.web.accounts.addresses import confirmed_addresses

from .models import CatalystEntry, CatalystMessage
from .selectors import entries_of
from .services import SHOWN, entry_withdraw


def entry_data(entry: CatalystEntry) -> dict[str, Any]:
    """An entry, whole, for its holder."""
    return {
        "address": entry.get_absolute_url() if entry.public else None,
        "state": entry.state,
        "shown": {name: getattr(entry, name) for name in SHOWN} if entry.public else None,
        "proposed": entry.proposed,
        "contact": entry.contact,
        "email": entry.email,
        "address_confirmed": entry.address_confirmed and entry.address_confirmed.isoformat(),
        "consented": entry.consented and entry.consented.isoformat(),
        "consent_words": entry.consent_words,
        "confirmed": entry.confirmed and entry.confirmed.isoformat(),
        "reminded": entry.reminded and entry.reminded.isoformat(),
        "reply": entry.reply,
        "origin": entry.origin,
        "made": entry.made.isoformat(),
        "changed": entry.touched.isoformat(),
    }


def account_data(account: AbstractUser) -> dict[str, Any]:
    """The entries that an account holds, and the messages that it was about to send."""
    return {
        "catalyst_entries": [entry_data(entry) for entry in entries_of(account)],
        "catalyst_messages": [
            {"to": one.entry.called, "name": one.name, "email": one.email, "text": one.text, "at": one.made.isoformat()}
            for one in _messages(account)
        ],
    }


def account_forget(account: AbstractUser) -> None:
    """Withdraw the entries that a person holds, and erase what they were about to write."""
    for entry in entries_of(account):
        entry_withdraw(entry=entry)
    _messages(account).delete()


def _messages(account: AbstractUser) -> Any:
    return CatalystMessage.objects.filter(email__in=confirmed_addresses(account)).select_related("entry").order_by("pk")
