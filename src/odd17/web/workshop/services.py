"""What is done in the workshop: each function checks, acts, and leaves its line in the trail."""

from __future__ import annotations

import hashlib
import os
import shutil
import uuid
from pathlib import Path

from django.contrib.auth.models import User
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.text import get_valid_filename

from odd17.core.kernel import DataError, Message, Odd17Error, UsageError
from odd17.workflows import candidate
from odd17.workflows.frame_choices import OF_THE_RELEASE, frame_chosen
from odd17.workflows.import_dataset import kind_of
from odd17.workflows.releases import current_release

from .models import Event, Upload
from .selectors import dataset_file_of, file_of, folder_of, may_publish

MOST_DATASET_BYTES = 2**20


class SecondPersonNeeded(Odd17Error):
    """Who brought the file may not publish it."""


def upload_create(*, by: User, file: UploadedFile, dataset: UploadedFile) -> Upload:
    """Keep a file and its dataset file aside; raises DataError where the file is no table. Nothing is imported."""
    if dataset.size > MOST_DATASET_BYTES:
        raise DataError("the dataset file is too large", file=dataset.name, remedy="bring the YAML that describes it")
    upload = Upload(key=uuid.uuid4().hex, by=by, file=_safe(file.name), dataset_file=_safe(dataset.name))
    try:
        upload.size, upload.sha256 = _keep(file, file_of(upload))
        _keep(dataset, dataset_file_of(upload))
        upload.kind = kind_of(file_of(upload))
        with transaction.atomic():
            upload.save()
            _note(by, Event.What.BROUGHT, upload)
    except BaseException:
        shutil.rmtree(folder_of(upload), ignore_errors=True)
        raise
    return upload


def candidate_build(*, upload: Upload, by: User, frame: str = OF_THE_RELEASE) -> None:
    """Have a release with this file built beside the others, scored in the frame called ``frame``.

    Raises UsageError where that is already under way, and where no frame is called so.
    """
    _must_be(upload, Upload.State.BROUGHT)
    building = candidate.read_build(folder_of(upload))
    if building is not None and building.state == "running":
        raise UsageError("This release is being built already.")
    chosen = frame_chosen(current_release(), frame)
    _note(by, Event.What.BUILT, upload)
    candidate.start(folder_of(upload), file_of(upload), dataset_file_of(upload), chosen.file)


def upload_publish(*, upload: Upload, by: User) -> Upload:
    """Publish the release that was built with this file.

    Raises SecondPersonNeeded where ``by`` may not, and ReleaseError where it is not built or no longer up to date.
    """
    _must_be(upload, Upload.State.BROUGHT)
    if not may_publish(upload, by):
        _note(by, Event.What.REFUSED, upload)
        raise SecondPersonNeeded("Who brought a file may not publish it: ask a second person.")
    done = candidate.publish(folder_of(upload))
    upload.state = Upload.State.PUBLISHED
    upload.dataset, upload.snapshot, upload.release = done.dataset, done.snapshot, done.release
    upload.snapshot_before, upload.release_before = done.snapshot_before or "", done.release_before
    with transaction.atomic():
        upload.save()
        _note(by, Event.What.PUBLISHED, upload)
    return upload


def publication_undo(*, upload: Upload, by: User) -> Upload:
    """Switch back to the release and the snapshot of before; raises ReleaseError where others came since."""
    _must_be(upload, Upload.State.PUBLISHED)
    candidate.undo(
        candidate.Published(
            release=upload.release,
            dataset=upload.dataset,
            snapshot=upload.snapshot,
            release_before=upload.release_before,
            snapshot_before=upload.snapshot_before or None,
        )
    )
    upload.state = Upload.State.UNDONE
    with transaction.atomic():
        upload.save()
        _note(by, Event.What.UNDID, upload)
    return upload


def upload_discard(*, upload: Upload, by: User) -> None:
    """Remove a file that was not published, and what was built of it; its line stays in the trail."""
    _must_be(upload, Upload.State.BROUGHT)
    building = candidate.read_build(folder_of(upload))
    if building is not None and building.state == "running":
        raise UsageError("Its release is being built: wait until that ends.")
    candidate.discard(folder_of(upload))
    upload.state = Upload.State.DISCARDED
    with transaction.atomic():
        upload.save()
        _note(by, Event.What.DISCARDED, upload)


def _note(by: User, what: Event.What, upload: Upload) -> None:
    Event.objects.create(
        who=by.get_username(), what=what, about=upload.file, sha256=upload.sha256, release=upload.release
    )


def _must_be(upload: Upload, state: Upload.State) -> None:
    upload.refresh_from_db()
    if upload.state != state:
        raise UsageError(Message("This file is {state} already.", state=upload.get_state_display()))


def _keep(sent: UploadedFile, path: Path) -> tuple[int, str]:
    """Write what was sent; returns its size and its fingerprint."""
    path.parent.mkdir(parents=True)
    digest, size = hashlib.sha256(), 0
    with path.open("wb") as file:
        for chunk in sent.chunks():
            digest.update(chunk)
            size += len(chunk)
            file.write(chunk)
        file.flush()
        os.fsync(file.fileno())
    return size, digest.hexdigest()


def _safe(name: str | None) -> str:
    return get_valid_filename(Path(name or "file").name).lstrip(".")[-150:] or "file"
