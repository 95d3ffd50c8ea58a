"""Where to start, what to read, whom to ask."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ResourcesConfig(AppConfig):
    """Tools to act and skills to be accompanied."""

    name = "odd17.web.resources"
    label = "resources"
    verbose_name = _("Resources")

    def ready(self) -> None:
        """Hear of those who ask for their data or leave."""
        import_module("odd17.web.resources.hearing")  # reads models, which exist only now
