"""The error tree: what odd17 raises, and nothing else.

::

    Odd17Error                 exit code 1
    ├── DataError              something is wrong in a file: names file, row, column, value, remedy
    │   └── Faults             several things are: carries each
    ├── ReleaseError           a release is damaged or being built by another process
    │   └── UnknownRelease     no release has this identifier; carries those that there are
    └── UsageError             exit code 2: the request itself is wrong
        ├── UnknownTerritory   no territory has this code or name; carries suggestions
        └── AmbiguousTerritory several levels use this code; carries the candidates
"""

from __future__ import annotations

from collections.abc import Sequence

from .message import Message


class Odd17Error(Exception):
    """Base of every error that odd17 raises on purpose; ``str()`` of it is fit to show to a person.

    ``said`` is that sentence with what it was made of: ``odd17.publishing.said`` says it in French.
    """

    exit_code: int = 1

    def __init__(self, message: str) -> None:
        self.said = message if isinstance(message, Message) else Message(message)
        super().__init__(self.said)


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
        self.message = message if isinstance(message, Message) else Message(message)
        self.file, self.row, self.column, self.value, self.remedy = file, row, column, value, remedy
        place = (
            file or None,
            None if row is None else Message("row {row}", row=row),
            None if column is None else Message("column {column!r}", column=column),
        )
        said = self.message
        if any(place):
            said = Message("{place}: {message}", place=[part for part in place if part], message=said)
        if value is not None:
            said = Message("{message} (value {value})", message=said, value=_shortened(value))
        if remedy:
            todo = remedy if isinstance(remedy, Message) else Message(remedy)
            ended = remedy.endswith(".")
            said = (
                Message("{message}. Remedy: {remedy}", message=said, remedy=todo)
                if ended
                else Message("{message}. Remedy: {remedy}.", message=said, remedy=todo)
            )
        super().__init__(said)


class Faults(DataError):
    """Several things are wrong: ``faults`` are the first of them, each with its place; ``more`` counts the others.

    >>> print(Faults([DataError("not a number", row=3), DataError("the cell is empty", row=4)], more=7))
    9 things are wrong:
    row 3: not a number
    row 4: the cell is empty
    … and 7 more
    """

    def __init__(self, faults: Sequence[DataError], more: int = 0) -> None:
        self.faults, self.more = tuple(faults), more
        said = Message("{count:,} things are wrong:", count=len(self.faults) + more)
        for fault in self.faults:
            said = Message("{before}\n{fault}", before=said, fault=fault.said)
        if more:
            said = Message("{before}\n… and {more:,} more", before=said, more=more)
        super().__init__(said)


class ReleaseError(Odd17Error):
    """A release cannot be read, built or switched to."""


class UnknownRelease(ReleaseError):
    """No release has this identifier; ``known`` are those that there are."""

    def __init__(self, id: str, known: Sequence[str] = ()) -> None:
        self.id, self.known = id, tuple(known)
        super().__init__(
            Message(
                "There is no release {id!r}. Releases here: {known}.", id=id[:80], known=self.known or Message("none")
            )
        )


class UsageError(Odd17Error):
    """The request itself is wrong: an unknown option, level, indicator or territory."""

    exit_code = 2


class UnknownTerritory(UsageError):
    """No territory answers to this code or name; ``suggestions`` are identifiers and names that are near."""

    def __init__(self, query: str, suggestions: Sequence[str] = ()) -> None:
        self.query, self.suggestions = query, tuple(suggestions)
        super().__init__(
            Message(
                "No territory is called {name}. Did you mean {near}?", name=_shortened(query), near=self.suggestions
            )
            if suggestions
            else Message("No territory is called {name}.", name=_shortened(query))
        )


class AmbiguousTerritory(UsageError):
    """A bare code that several levels use; ``candidates`` are the identifiers to choose from."""

    def __init__(self, query: str, candidates: Sequence[str]) -> None:
        self.query, self.candidates = query, tuple(candidates)
        super().__init__(
            Message("{name} is ambiguous: choose one of {near}.", name=_shortened(query), near=self.candidates)
        )


def _shortened(value: object, limit: int = 80) -> Message:
    text = repr(value)
    if len(text) <= limit:
        return Message("{value!r}", value=value)
    return Message("{start}… ({characters} characters)", start=text[:limit], characters=len(text))
