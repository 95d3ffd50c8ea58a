"""The version of the library: the index of search follows it."""

from __future__ import annotations

from django.db.models import F

from odd17.web.practices.scheduled import publish_due

from .models import LibraryVersion, Resource

_ROW = 1


def library_version() -> int:
    """A number that is another one whenever a resource was published, withdrawn or removed since.

    What was due by now is so first.
    """
    publish_due(Resource)
    return LibraryVersion.objects.filter(pk=_ROW).values_list("number", flat=True).first() or 0


def library_changed() -> None:
    """Note, with the transaction in which it happens, that what is public changed."""
    if not LibraryVersion.objects.filter(pk=_ROW).update(number=F("number") + 1):
        LibraryVersion.objects.get_or_create(pk=_ROW, defaults={"number": 1})
