"""What follows from publishing, withdrawing or removing a resource at the desk."""

from __future__ import annotations

from django.db import transaction
from django.db.models.signals import post_delete
from django.dispatch import receiver
from wagtail.signals import published, unpublished

from .following import INDEX
from .models import RemovedResource, Resource
from .version import library_changed


@receiver(published, sender=Resource)
@receiver(unpublished, sender=Resource)
def note_change(**_what: object) -> None:
    """Search follows."""
    library_changed()
    transaction.on_commit(INDEX.follow, robust=True)


@receiver(post_delete, sender=Resource)
def remember_removal(instance: Resource, **_what: object) -> None:
    """What an editor removed does not come back at the next start."""
    library_changed()
    transaction.on_commit(INDEX.follow, robust=True)
    if instance.origin:
        RemovedResource.objects.get_or_create(origin=instance.origin)
