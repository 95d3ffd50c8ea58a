"""Self-diagnosis: questionnaires answered without an account, and the mirror that peers hold up."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SelfDiagnosisConfig(AppConfig):
    """Answers, panels of one organisation, and the mirror's snapshots."""

    name = "odd17.web.self_diagnosis"
    label = "self_diagnosis"
    verbose_name = _("Self-diagnosis")

    def ready(self) -> None:
        """Hear of those who ask for their data or leave."""
        import_module("odd17.web.self_diagnosis.hearing")  # reads models, which exist only now
