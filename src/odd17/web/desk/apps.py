"""The look of the editors' desk."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DeskConfig(AppConfig):
    """Wagtail's pages under ``/admin/`` with this site's mark, without what this site does not use."""

    name = "odd17.web.desk"
    label = "desk"
    verbose_name = _("Editors’ desk")

    def ready(self) -> None:
        """Refuse who has no right; Wagtail's own functions can be imported only now."""
        import_module("odd17.web.desk.refusal").replace()
