"""The newsletter: signed up for twice, written at the desk, sent once to each."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NewsletterConfig(AppConfig):
    """Those who asked for the letter, the letters, and to whom each was sent."""

    name = "odd17.web.newsletter"
    label = "newsletter"
    verbose_name = _("Newsletter")

    def ready(self) -> None:
        """Hear of those who ask for their data or leave."""
        import_module("odd17.web.newsletter.hearing")  # reads models, which exist only now
