"""The public pages."""

from __future__ import annotations

from django.apps import AppConfig


class PagesConfig(AppConfig):
    """Pages of figures: they read releases and write nothing."""

    name = "odd17.web.pages"
    label = "pages"
