"""E-mails of the directory: plain text, to one address each, in the language in which its holder wrote."""

from __future__ import annotations

from functools import partial

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from .models import CatalystEntry, CatalystMessage
from .selectors import MODERATE

CLAIMED = _("Somebody else, whom the moderators know, holds this entry.")
"""What those are answered who claim an entry that another holds."""


def confirm_letter(entry: CatalystEntry) -> None:
    """Ask whether the address is theirs."""
    _after(_of_entry(entry, "confirm", "catalyst_confirm", entry.confirming))


def received_letter(entry: CatalystEntry) -> None:
    """The entry has come to the moderators; the private link."""
    _after(_of_entry(entry, "received", "catalyst_mine", entry.token))


def answer_letter(entry: CatalystEntry) -> None:
    """A moderator asks for changes."""
    _after(_of_entry(entry, "answer", "catalyst_mine", entry.token))


def declined_letter(entry: CatalystEntry) -> None:
    """A moderator declined, and why."""
    _after(_of_entry(entry, "declined", "catalyst_mine", entry.token))


def accepted_letter(entry: CatalystEntry) -> None:
    """The entry, or its changes, are public."""
    _after(_of_entry(entry, "accepted", "catalyst_mine", entry.token))


def brought_letter(entry: CatalystEntry) -> None:
    """An import published the entry: where it is, and how to change or withdraw it."""
    _after(_of_entry(entry, "brought", "catalyst_mine", entry.token))


def link_letter(entry: CatalystEntry) -> None:
    """The private link once more."""
    _after(_of_entry(entry, "link", "catalyst_mine", entry.token))


def reminder(entry: CatalystEntry) -> EmailMessage:
    """The reminder to confirm the entry, to be sent by who keeps count."""
    return _of_entry(entry, "reminder", "catalyst_renew", entry.renewing)


def message_letter(message: CatalystMessage) -> None:
    """Ask a visitor whether the address that they gave is theirs."""
    with translation.override(message.language):
        link = settings.ADDRESS + reverse("catalyst_message", args=[message.token])
        shown = {"message": message, "link": link, "site": settings.ADDRESS}
        _after(_letter("message_confirm", message.email, shown))


def relayed(message: CatalystMessage) -> EmailMessage:
    """What a visitor writes, as the holder receives it: answers go to the visitor, who does not see the address.

    The private link does not stand in it: whoever answers quotes what they received.
    """
    entry = message.entry
    with translation.override(entry.language):
        shown = {"message": message, "entry": entry, "site": settings.ADDRESS}
        shown["link"] = settings.ADDRESS + reverse("catalyst_lost")
        letter = _letter("message", entry.email, shown)
    letter.reply_to = [message.email]
    return letter


def desk_letter(entry: CatalystEntry) -> None:
    """Tell each moderator that an entry waits; what it says is read at the desk alone."""
    backend = "django.contrib.auth.backends.ModelBackend"
    staff = get_user_model().objects.with_perm(MODERATE, backend=backend).exclude(email="")
    with translation.override(settings.LANGUAGE_CODE):
        shown = {"link": settings.ADDRESS + reverse("catalyst_desk_one", args=[entry.pk]), "site": settings.ADDRESS}
        for address in sorted(set(staff.values_list("email", flat=True))):
            _after(_letter("desk", address, shown))


def _of_entry(entry: CatalystEntry, name: str, view: str, token: str) -> EmailMessage:
    with translation.override(entry.language):
        shown = {
            "entry": entry,
            "link": settings.ADDRESS + reverse(view, args=[token]),
            "page": settings.ADDRESS + entry.get_absolute_url(),
            "site": settings.ADDRESS,
        }
        return _letter(name, entry.email, shown)


def _letter(name: str, to: str, shown: dict[str, object]) -> EmailMessage:
    subject, _line, body = render_to_string(f"catalysts/letters/{name}.txt", shown).partition("\n")
    return EmailMessage(f"odd17 : {' '.join(subject.split())}", body.strip() + "\n", to=[to])


def _after(letter: EmailMessage) -> None:
    """Send once what is being written in the database stands; a server of e-mails that fails loses nothing else."""
    if letter.to != [""]:
        transaction.on_commit(partial(letter.send), robust=True)
