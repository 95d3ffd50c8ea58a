"""Learning modules: read step by step and passed without an account."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LearningConfig(AppConfig):
    """How far people are in modules."""

    name = "odd17.web.learning"
    label = "learning"
    verbose_name = _("Learning")

    def ready(self) -> None:
        """Hear of those who ask for their data or leave."""
        import_module("odd17.web.learning.hearing")  # reads models, which exist only now
