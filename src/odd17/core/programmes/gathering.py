"""Every fault of a file is met before any is told: whoever sends the file mends it once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from odd17.core.kernel import DataError, Faults

MOST: Final = 50
"""Nobody mends more in one go; the others are counted."""


class Gathering:
    """The faults met so far.

    >>> met = Gathering()
    >>> with met.here():
    ...     raise DataError("the cell is empty", row=2)
    >>> met.end()
    Traceback (most recent call last):
    odd17.core.kernel.errors.DataError: row 2: the cell is empty
    """

    def __init__(self) -> None:
        self._met: list[DataError] = []
        self._more = 0

    @contextmanager
    def here(self) -> Iterator[None]:
        """Keep a fault that is raised within, and go on after."""
        try:
            yield
        except Faults as several:
            self._met += several.faults
            self._more += several.more
        except DataError as fault:
            self._met.append(fault)

    def end(self) -> None:
        """Raise what was met: one fault as it is, several as `Faults`; nothing where all holds."""
        if len(self._met) + self._more == 1:
            raise self._met[0]
        if self._met:
            raise Faults(self._met[:MOST], self._more + max(0, len(self._met) - MOST))
