"""Errors that readers report."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ErrorReportsConfig(AppConfig):
    """Stored in odd17's database, read by staff under ``/admin/``."""

    name = "odd17.web.error_reports"
    label = "error_reports"
    verbose_name = _("Reported errors")
