"""What follows from publishing, withdrawing or removing a practice at the desk."""

from __future__ import annotations

from django.db import transaction
from django.db.models.signals import post_delete
from django.dispatch import receiver
from wagtail.signals import published, unpublished

from .following import follow
from .models import Practice, RemovedPractice
from .version import practices_changed


@receiver(published, sender=Practice)
@receiver(unpublished, sender=Practice)
def note_change(**_what: object) -> None:
    """Pages that list practices are drawn anew, and search follows."""
    practices_changed()
    transaction.on_commit(follow, robust=True)


@receiver(published, sender=Practice)
def undo_merge(instance: Practice, **_what: object) -> None:
    """A practice that is published again leads nowhere else."""
    if instance.merged_into_id:
        Practice.objects.filter(pk=instance.pk).update(merged_into=None)


@receiver(post_delete, sender=Practice)
def remember_removal(instance: Practice, **_what: object) -> None:
    """What an editor removed, the import that brought it does not bring back."""
    practices_changed()
    transaction.on_commit(follow, robust=True)
    if instance.origin:
        RemovedPractice.objects.get_or_create(origin=instance.origin, origin_id=instance.origin_id)
