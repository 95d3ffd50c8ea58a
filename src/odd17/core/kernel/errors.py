"""The error tree: what odd17 raises, and nothing else.

::

    Odd17Error                 exit code 1
    ├── DataError              something is wrong in a file: names file, row, column, value, remedy
    ├── ReleaseError           a release is absent, damaged or being built by another process
    └── UsageError             exit code 2: the request itself is wrong
        ├── UnknownTerritory   no territory has this code or name; carries suggestions
        └── AmbiguousTerritory several levels use this code; carries the candidates
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum


class Odd17Error(Exception):
    """Base of every error that odd17 raises on purpose; ``str()`` of it is fit to show to a person."""

    exit_code: int = 1


class DataError(Odd17Error):
    """Something is wrong in the data: says what, where, and what to do about it.

    >>> str(DataError("not a number", file="a.csv", row=3, column="taux", value="x", remedy="correct the cell"))
    "a.csv, row 3, column 'taux': not a number (value 'x'). Remedy: correct the cell."
    """

    def __init__(
        self,
        message: str,
        *,
        file: str | None = None,
        row: int | None = None,
        column: str | None = None,
        value: object = None,
        remedy: str | None = None,
    ) -> None:
        self.message = message
        self.file, self.row, self.column, self.value, self.remedy = file, row, column, value, remedy
        place = ", ".join(
            part
            for part in (
                file,
                None if row is None else f"row {row}",
                None if column is None else f"column {column!r}",
            )
            if part
        )
        shown = "" if value is None else f" (value {_shortened(value)})"
        text = f"{place}: {message}{shown}" if place else f"{message}{shown}"
        if remedy:
            text += f". Remedy: {remedy.rstrip('.')}."
        super().__init__(text)


class ReleaseTrouble(StrEnum):
    """What is wrong with a release: the code that the interface has words for, with the facts that they need."""

    NONE_BUILT = "none_built"
    ABSENT = "absent"  # release, known
    DAMAGED = "damaged"  # release
    NEWER = "newer"  # release, form, known
    NOT_SCORED = "not_scored"  # release, peers


class ReleaseError(Odd17Error):
    """A release cannot be read, built or switched to; ``trouble`` and ``facts`` say which way, where it is read."""

    def __init__(self, message: str, trouble: ReleaseTrouble | None = None, **facts: str) -> None:
        self.trouble, self.facts = trouble, facts
        super().__init__(message)


class UsageError(Odd17Error):
    """The request itself is wrong: an unknown option, level, indicator or territory."""

    exit_code = 2


class UnknownTerritory(UsageError):
    """No territory answers to this code or name; ``suggestions`` are identifiers and names that are near."""

    def __init__(self, query: str, suggestions: Sequence[str] = ()) -> None:
        self.query, self.suggestions = query, tuple(suggestions)
        near = f" Did you mean {', '.join(suggestions)}?" if suggestions else ""
        super().__init__(f"No territory is called {_shortened(query)}.{near}")


class AmbiguousTerritory(UsageError):
    """A bare code that several levels use; ``candidates`` are the identifiers to choose from."""

    def __init__(self, query: str, candidates: Sequence[str]) -> None:
        self.query, self.candidates = query, tuple(candidates)
        super().__init__(f"{_shortened(query)} is ambiguous: choose one of {', '.join(candidates)}.")


def _shortened(value: object, limit: int = 80) -> str:
    text = repr(value)
    return text if len(text) <= limit else f"{text[:limit]}… ({len(text)} characters)"
