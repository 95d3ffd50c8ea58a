"""Signing up and leaving: asked for, confirmed, changed, ended, forgotten."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.utils import timezone

from . import letters
from .confirming import DAYS
from .models import Subscription


def subscription_ask(*, email: str, language: str, words: str) -> None:
    """Ask for the letter: an e-mail leaves in any case, so that nobody learns from the page who is on the list.

    ``words`` are those of the consent. Who receives the letter already is told so, by e-mail, and nothing changes.
    """
    unconfirmed_forget()
    try:
        with transaction.atomic():
            _ask(email.lower(), language, words)
    except IntegrityError:  # asked twice at once
        with transaction.atomic():
            _ask(email.lower(), language, words)


def _ask(email: str, language: str, words: str) -> None:
    said = {"language": language, "words": words, "asked": timezone.now()}
    found = Subscription.objects.select_for_update().filter(email=email).first()
    if found is not None and found.confirmed is not None:
        letters.known_letter(found)
        return
    if found is None:
        found = Subscription(email=email)
    for name, value in said.items():
        setattr(found, name, value)
    found.save()
    letters.confirm_letter(found)


def subscription_confirm(*, secret: str) -> Subscription | None:
    """Confirm the address whose secret this is; None where it was used already, or the address is gone."""
    found = Subscription.objects.filter(confirming=secret, confirmed=None).first() if secret else None
    if found is None:
        return None
    used = Subscription.objects.filter(pk=found.pk, confirming=secret, confirmed=None)
    if not used.update(confirmed=timezone.now(), confirming=""):
        return None
    found.refresh_from_db()
    return found


def subscription_language(*, subscription: Subscription, language: str) -> None:
    """Receive the letter in another language from now on."""
    subscription.language = language
    subscription.save(update_fields=["language"])


def subscription_end(*, token: str) -> bool:
    """Remove an address and all that is kept with it; says whether it was there. Ended twice, it is ended once."""
    _count, removed = Subscription.objects.filter(token=token).delete()
    return "newsletter.Subscription" in removed


def subscription_remove(*, email: str) -> bool:
    """Remove an address, confirmed or not, and all that is kept with it; says whether it was there."""
    _count, removed = Subscription.objects.filter(email=email.lower()).delete()
    return "newsletter.Subscription" in removed


def unconfirmed_forget() -> int:
    """Remove the addresses that nobody confirmed within seven days; how many."""
    old = Subscription.objects.filter(confirmed=None, asked__lt=timezone.now() - DAYS)
    return old.delete()[1].get("newsletter.Subscription", 0)
