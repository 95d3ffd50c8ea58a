"""Releases while a pull goes on: figures appear before the last source is there."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass

from odd17.core.kernel import Odd17Error

from .pull import Outcome

EVERY = 300.0
"""Seconds between the end of one and the start of the next: with many figures each takes a minute to build."""


@dataclass
class ReleasesAlong:
    """Calls ``build`` between two sources: as soon as there are first new figures, then every so often.

    The one at the end of a pull is not of its affair. A build that is refused is left to that one, which says why.
    """

    build: Callable[[], object]
    clock: Callable[[], float] = time.monotonic
    changed: int = 0
    built: int = 0
    last: float | None = None

    def outcomes(self, outcomes: Sequence[Outcome]) -> None:
        """Take note of what became of the sources so far."""
        self.changed = sum(item.changed for item in outcomes)

    def between(self) -> None:
        """Build now, where there are figures that no release has and the last one is long enough ago."""
        if self.changed == self.built or (self.last is not None and self.clock() - self.last < EVERY):
            return
        with suppress(Odd17Error):
            self.build()
        self.built, self.last = self.changed, self.clock()
