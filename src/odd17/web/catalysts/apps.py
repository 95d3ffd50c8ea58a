"""The directory of territorial catalysts, bridgeheads and public schemes."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CatalystsConfig(AppConfig):
    """Who can accompany, where."""

    name = "odd17.web.catalysts"
    label = "catalysts"
    verbose_name = _("Catalysts")
