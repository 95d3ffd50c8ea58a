"""Reading progress: only by its link, and by its account where it has one."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.http import Http404, HttpRequest

from odd17.core.kernel import UsageError
from odd17.core.resources.learning import Marks, Module, Step, completed, mark, next_step, open_steps
from odd17.workflows.modules import current_module, modules

from .models import Progress


def progress_at(request: HttpRequest, token: str) -> Progress:
    """The progress behind a link; 404 where there is none, and where it is another account's."""
    found = Progress.objects.filter(token=token).first()
    if found is None or (found.account_id is not None and found.account_id != request.user.pk):
        raise Http404
    return found


def progress_of(request: HttpRequest) -> list[Progress]:
    """What the account of this request began, the newest first; of versions whose file is still there."""
    if not request.user.is_authenticated:
        return []
    known = modules()
    return [one for one in Progress.objects.filter(account=request.user) if (one.module, one.version) in known]


def module_of(progress: Progress) -> Module:
    """The version that was begun; 404 where its file is no longer there."""
    found = modules().get((progress.module, progress.version))
    if found is None:
        raise Http404
    return found


@dataclass(frozen=True)
class Line:
    """A step as a list shows it."""

    step: Step
    read: bool
    open: bool


class Standing:
    """How far a person is, for pages."""

    def __init__(self, progress: Progress) -> None:
        self.progress = progress
        self.module = module_of(progress)

    @cached_property
    def lines(self) -> list[Line]:
        """Every step, read or not, open or not."""
        opened = {step.id for step in open_steps(self.module, self.progress.read)}
        return [Line(step, step.id in self.progress.read, step.id in opened) for step in self.module.steps]

    @property
    def next_step(self) -> Step | None:
        """The step to go on with."""
        return next_step(self.module, self.progress.read)

    @property
    def read_count(self) -> int:
        """How many steps are read."""
        return sum(line.read for line in self.lines)

    @property
    def done(self) -> bool:
        """Whether a certificate can be given."""
        return completed(self.module, self.progress.read, self.progress.passed is not None)

    @cached_property
    def marks(self) -> Marks | None:
        """The marks of the answers that are kept; None where there are none."""
        return mark(self.module, self.progress.answers) if self.progress.answers else None

    @property
    def newer(self) -> Module | None:
        """A later version that can be begun."""
        try:
            current = current_module(self.module.id)
        except UsageError:
            return None
        return current if current.version > self.module.version else None


def progress_data(progress: Progress) -> dict[str, Any]:
    """All that is kept of one person's progress."""
    return {
        "module": progress.module,
        "version": progress.version,
        "begun": progress.begun.isoformat(),
        "read": progress.read,
        "answers": progress.answers,
        "passed": progress.passed and progress.passed.isoformat(),
    }
