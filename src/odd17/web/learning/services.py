"""Writing progress: begun, a step read, the quiz answered, kept with an account, erased, forgotten."""

from __future__ import annotations

from datetime import timedelta

from django.contrib.auth.models import AbstractUser
from django.db import transaction
from django.utils import timezone

from odd17.core.resources.learning import Marks, Module, mark, next_step, open_steps

from .models import Progress
from .selectors import module_of

UNTOUCHED = timedelta(days=365)
"""How long progress is kept to which nobody comes back."""


class NotOpen(Exception):
    """Something comes before: a step that is not read yet, or the quiz is passed already."""


def progress_begin(*, module: Module, account: AbstractUser | None) -> Progress:
    """Begin a module; what nobody came back to for a year goes."""
    Progress.objects.filter(touched__lt=timezone.now() - UNTOUCHED).delete()
    return Progress.objects.create(module=module.id, version=module.version, account=account)


@transaction.atomic
def step_read(*, progress: Progress, step: str) -> None:
    """Keep that a step is read; read twice, it is read once. Raises NotOpen where another comes before."""
    kept = Progress.objects.select_for_update().get(pk=progress.pk)
    if step not in {one.id for one in open_steps(module_of(kept), kept.read)}:
        raise NotOpen
    if step not in kept.read:
        kept.read = [*kept.read, step]
        kept.save(update_fields=["read", "touched"])
    progress.read = kept.read


@transaction.atomic
def quiz_answer(*, progress: Progress, given: dict[str, str]) -> Marks:
    """Mark the answers; kept where none is missing. They may be given again until they pass.

    Raises NotOpen before every step is read and once the quiz is passed; DataError on what is no answer.
    """
    kept = Progress.objects.select_for_update().get(pk=progress.pk)
    module = module_of(kept)
    if next_step(module, kept.read) is not None or kept.passed is not None:
        raise NotOpen
    marks = mark(module, given)
    if not marks.missing:
        kept.answers = given
        kept.passed = timezone.now() if marks.passed else None
        kept.save(update_fields=["answers", "passed", "touched"])
    return marks


def progress_keep(*, progress: Progress, account: AbstractUser) -> None:
    """Keep progress of nobody's with an account: from then on only that account opens it."""
    Progress.objects.filter(pk=progress.pk, account=None).update(account=account)


def progress_erase(*, progress: Progress) -> None:
    """Remove what was read and answered."""
    progress.delete()
