"""The addresses that an account has confirmed: what is written from them is that person's, whoever is signed in."""

from __future__ import annotations

from django.contrib.auth.models import AbstractBaseUser, AbstractUser, AnonymousUser


def confirmed_addresses(account: AbstractUser) -> list[str]:
    """All of them, in small letters, the main one first."""
    found = account.emailaddress_set.filter(verified=True).order_by("-primary", "pk")
    return [one.lower() for one in found.values_list("email", flat=True)]


def confirmed_address(account: AbstractBaseUser | AnonymousUser) -> str:
    """The main one; empty for who is not signed in, or has confirmed none."""
    return next(iter(confirmed_addresses(account)), "") if isinstance(account, AbstractUser) else ""
