"""Alliances: the private workspace of partners, what they bring, the path they walk, and how they judge it."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AlliancesConfig(AppConfig):
    """Workspaces of alliances."""

    name = "odd17.web.alliances"
    label = "alliances"
    verbose_name = _("Alliances")

    def ready(self) -> None:
        """Hear of those who ask for their data or leave."""
        import_module("odd17.web.alliances.hearing")  # reads models, which exist only now
