"""Proposing a practice: written in steps by anyone, moderated at the desk, answered by e-mail."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ContributionsConfig(AppConfig):
    """What people propose, until it is published, and what is kept of them."""

    name = "odd17.web.contributions"
    label = "contributions"
    verbose_name = _("Proposals")

    def ready(self) -> None:
        """Hear of moderation, publication, and of those who ask for their data or leave."""
        import_module("odd17.web.contributions.hearing")  # reads models, which exist only now
