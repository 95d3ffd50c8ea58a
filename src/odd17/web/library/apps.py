"""The library: documents, kits, webinars, modules, testimonies, news and watch bulletins."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LibraryConfig(AppConfig):
    """Resources that editors publish."""

    name = "odd17.web.library"
    label = "library"
    verbose_name = _("Library")

    def ready(self) -> None:
        """Listen to the desk; what listens needs the models, which are there only now."""
        import_module("odd17.web.library.signals")
