"""The directory of territorial catalysts, bridgeheads and public schemes."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CatalystsConfig(AppConfig):
    """Who can accompany, where."""

    name = "odd17.web.catalysts"
    label = "catalysts"
    verbose_name = _("Catalysts")

    def ready(self) -> None:
        """Hear of those who ask for their data or leave."""
        import_module("odd17.web.catalysts.hearing")  # reads models, which exist only now
