"""What every app keeps for a person, gathered on the page of their account."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.auth.models import AbstractUser

from odd17.core.kernel import Text

from .signals import account_opened


@dataclass(frozen=True)
class Held:
    """One thing of a person's: its name, the address where they go on with it, and a word of how far it is."""

    name: Text | str
    address: str
    note: str = ""


@dataclass(frozen=True)
class Holding:
    """What one app keeps for a person, under a title in the page's language."""

    title: str
    items: tuple[Held, ...]


def holdings_of(account: AbstractUser) -> list[Holding]:
    """All of it, in the order in which the apps are installed; nothing of an app that keeps nothing for them."""
    heard: list[tuple[object, Holding]] = account_opened.send(sender=type(account), account=account)
    return [holding for _app, holding in heard if holding.items]
