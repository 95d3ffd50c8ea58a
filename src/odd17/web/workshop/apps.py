"""The workshop: where an analyst brings a file, and a release of it is tried, compared and published."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WorkshopConfig(AppConfig):
    """Pages under ``/atelier/`` for staff; what is done there is kept in the database, and never rewritten."""

    name = "odd17.web.workshop"
    label = "workshop"
    verbose_name = _("Workshop")
