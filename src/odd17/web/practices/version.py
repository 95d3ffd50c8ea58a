"""The version of the base of practices: pages that are kept, and list practices, depend on it."""

from __future__ import annotations

from django.db.models import F

from .models import PracticesVersion
from .scheduled import publish_due

_ROW = 1


def practices_version() -> int:
    """A number that is another one whenever a practice was published, withdrawn or removed since.

    What was due by now is so first.
    """
    publish_due()
    return PracticesVersion.objects.filter(pk=_ROW).values_list("number", flat=True).first() or 0


def practices_changed() -> None:
    """Note, with the transaction in which it happens, that what is public changed."""
    if not PracticesVersion.objects.filter(pk=_ROW).update(number=F("number") + 1):
        PracticesVersion.objects.get_or_create(pk=_ROW, defaults={"number": 1})
