"""The API and its reference page."""

from __future__ import annotations

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """Answers by release; keeps nothing."""

    name = "odd17.web.api"
    label = "api"
