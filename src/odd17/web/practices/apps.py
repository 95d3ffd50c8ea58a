"""The base of practices: what partnerships tell, so that others dare."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PracticesConfig(AppConfig):
    """Case studies of partnerships."""

    name = "odd17.web.practices"
    label = "practices"
    verbose_name = _("Practices")

    def ready(self) -> None:
        """Listen to the desk; what listens needs the models, which are there only now."""
        import_module("odd17.web.practices.signals")
        import_module("odd17.web.practices.merging_hooks")
