"""Progress on the terminal: a bar a step, and a line a step in the log."""

from __future__ import annotations

from collections.abc import Mapping

import structlog
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

from .language import words


class StepBars:
    """A bar for each step of a long work, shown while it is used as a context; ``steps`` are their names on screen.

    The names are message ids; ``event`` names the work in the log.
    """

    def __init__(self, event: str, steps: Mapping[str, str]) -> None:
        self._progress = Progress(
            TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn(), console=Console(stderr=True)
        )
        self._event, self._steps = event, steps
        self._tasks: dict[str, TaskID] = {}
        self._log = structlog.get_logger()

    def __enter__(self) -> StepBars:
        self._progress.start()
        return self

    def __exit__(self, *error: object) -> None:
        self._progress.stop()

    def show(self, step: str, done: int, total: int) -> None:
        """``done`` of ``total`` of ``step`` is done; a total of 0 is not known yet."""
        if step not in self._tasks:
            self._tasks[step] = self._progress.add_task(words()(self._steps.get(step, step)), total=total or None)
        self._progress.update(self._tasks[step], completed=done, total=total or None)
        self._log.info(self._event, step=step, done=done, total=total)
