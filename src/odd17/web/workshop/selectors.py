"""Reading uploads and the trail."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.contrib.auth.models import User
from django.db.models import QuerySet

from .models import Event, Upload

MOST_EVENTS = 100


def folder_of(upload: Upload) -> Path:
    """Where the upload and its candidate release are kept."""
    return Path(settings.HOME) / "workshop" / upload.key


def file_of(upload: Upload) -> Path:
    """The file of figures as it was brought."""
    return folder_of(upload) / "file" / upload.file


def dataset_file_of(upload: Upload) -> Path:
    """The dataset file as it was brought."""
    return folder_of(upload) / "dataset" / upload.dataset_file


def uploads() -> QuerySet[Upload]:
    """Every upload that was not discarded, the newest first."""
    return Upload.objects.exclude(state=Upload.State.DISCARDED).select_related("by")


def trail() -> QuerySet[Event]:
    """What was done, the newest first."""
    return Event.objects.all()[:MOST_EVENTS]


def may_publish(upload: Upload, user: User) -> bool:
    """Whether this person may publish: where two people are asked for, not the one who brought the file."""
    return not settings.TWO_PEOPLE or upload.by_id != user.pk
