"""The version of the directory: pages that are kept, and list catalysts, depend on it."""

from __future__ import annotations

from datetime import date

from django.db.models import F
from django.utils import timezone

from .models import DirectoryVersion

_ROW = 1


def directory_version() -> tuple[int, date]:
    """What pages that list catalysts depend on: the entries, and the day, since entries age."""
    number = DirectoryVersion.objects.filter(pk=_ROW).values_list("number", flat=True).first() or 0
    return number, timezone.localdate()


def directory_changed() -> None:
    """Note, with the transaction in which it happens, that what is public changed."""
    if not DirectoryVersion.objects.filter(pk=_ROW).update(number=F("number") + 1):
        DirectoryVersion.objects.get_or_create(pk=_ROW, defaults={"number": 1})
