"""What an editor set to be public from an hour, or until one, is so then: no timer is needed beside the site."""

from __future__ import annotations

from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.utils import timezone
from wagtail.models import Revision

from .models import Practice


def publish_due() -> None:
    """Publish the practices set to be public by now, and withdraw those set to end."""
    now, kind = timezone.now(), ContentType.objects.get_for_model(Practice)
    over = Practice.objects.filter(live=True, expire_at__lte=now)
    if over.exists() or Revision.objects.filter(content_type=kind, approved_go_live_at__lte=now).exists():
        call_command("publish_scheduled", verbosity=0)
