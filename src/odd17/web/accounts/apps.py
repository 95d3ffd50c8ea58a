"""Accounts: who signs in, with what rights, and how a person leaves."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    """Accounts of this site; signing in itself is allauth's."""

    name = "odd17.web.accounts"
    label = "accounts"
    verbose_name = _("Accounts")
