"""Programmes of measures, as of any date."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProgrammesConfig(AppConfig):
    """Programmes, their reviews and their money."""

    name = "odd17.web.programmes"
    label = "programmes"
    verbose_name = _("Programmes")

    def ready(self) -> None:
        """Hear of those who ask for their data or leave."""
        import_module("odd17.web.programmes.hearing")  # reads models, which exist only now
