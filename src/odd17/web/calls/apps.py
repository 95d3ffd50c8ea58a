"""Calls for partners: a need that an alliance makes public, and the answers that its members alone read."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CallsConfig(AppConfig):
    """Calls for partners."""

    name = "odd17.web.calls"
    label = "calls"
    verbose_name = _("Calls for partners")

    def ready(self) -> None:
        """Hear of those who ask for their data or leave."""
        import_module("odd17.web.calls.hearing")  # reads models, which exist only now
