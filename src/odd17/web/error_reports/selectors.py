"""Reading reported errors."""

from __future__ import annotations

from datetime import datetime

from .models import ErrorReport


def reports_since(*, sender: str, since: datetime) -> int:
    """How many reports this sender has made since then."""
    return ErrorReport.objects.filter(sender=sender, created__gte=since).count()
