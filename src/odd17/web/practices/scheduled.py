"""What an editor set to be public from an hour, or until one, is so then: no timer is needed beside the site.

Whatever reads what is public, or the version of it, comes through here first.
"""

from __future__ import annotations

from threading import local

from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db.models import Model
from django.utils import timezone
from wagtail.models import Revision

from .models import Practice

_here = local()


def publish_due(model: type[Model] = Practice) -> None:
    """Publish what of ``model`` is set to be public by now, and withdraw what is set to end."""
    if getattr(_here, "publishing", False):  # what follows from publishing one reads what is public, and comes back
        return
    now, kind = timezone.now(), ContentType.objects.get_for_model(model)
    over = model.objects.filter(live=True, expire_at__lte=now)
    if not over.exists() and not Revision.objects.filter(content_type=kind, approved_go_live_at__lte=now).exists():
        return
    _here.publishing = True
    try:
        call_command("publish_scheduled", verbosity=0)
    finally:
        _here.publishing = False
