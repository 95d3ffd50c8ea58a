"""What the check of a file found: where each problem stands and what to do about it, and what would be imported."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from odd17.core.kernel import DataError, Message

LISTED = 20
"""How many errors a message lists; the others are counted."""


class Severity(StrEnum):
    """Whether a finding stops the import."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Finding:
    """One problem: what, where and what to do. ``count`` rows have it; ``row`` is the first of them."""

    message: str
    row: int | None = None
    column: str | None = None
    value: str | None = None
    remedy: str | None = None
    severity: Severity = Severity.ERROR
    count: int = 1

    def error(self, file: str | None = None) -> DataError:
        """The finding as an error that names ``file``."""
        message = self.message
        if self.count > 1:
            said = message if isinstance(message, Message) else Message(message)
            message = Message("{message} (and {more} more rows)", message=said, more=self.count - 1)
        return DataError(message, file=file, row=self.row, column=self.column, value=self.value, remedy=self.remedy)


@dataclass(frozen=True, slots=True)
class LevelCount:
    """Territories of one level in the file: how many are in the current COG, and the codes that are not."""

    level: str
    matched: int
    unknown: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MeasureCount:
    """One indicator and period in the file: values present, and absences by kind."""

    indicator: str
    period: str
    present: int
    absent: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Findings:
    """All that the check of ``file`` found. ``left_out`` rows are those that the dataset file leaves out on purpose.

    ``carried`` says what would become of the territories of an older vintage: how many have each outcome of
    ``odd17.core.territories.carry``, ``kept`` being those that simply stay.
    """

    file: str
    dataset: str
    rows: int
    left_out: int
    vintage: int | None
    levels: tuple[LevelCount, ...]
    measures: tuple[MeasureCount, ...]
    findings: tuple[Finding, ...]
    carried: Mapping[str, int] = field(default_factory=dict)

    @property
    def errors(self) -> tuple[Finding, ...]:
        """The findings that stop the import."""
        return tuple(item for item in self.findings if item.severity is Severity.ERROR)

    @property
    def warnings(self) -> tuple[Finding, ...]:
        """The findings that do not stop the import."""
        return tuple(item for item in self.findings if item.severity is Severity.WARNING)

    def raise_errors(self) -> None:
        """Raise DataError where there are errors: the only one, or a list of the first ones."""
        raise_errors(self.errors, self.file)


def raise_errors(errors: tuple[Finding, ...] | list[Finding], file: str) -> None:
    """Raise DataError for ``errors``: as it is where it is alone, else a message that lists the first of them."""
    if not errors:
        return
    if len(errors) == 1:
        raise errors[0].error(file)
    lines: Message | None = None
    for item in errors[:LISTED]:
        line = item.error().said
        lines = (
            Message("  {line}", line=line) if lines is None else Message("{lines}\n  {line}", lines=lines, line=line)
        )
    if len(errors) > LISTED:
        lines = Message("{lines}\n  … and {more} more", lines=lines, more=len(errors) - LISTED)
    total = sum(item.count for item in errors)
    raise DataError(Message("{total} problems, nothing was imported:\n{lines}", total=total, lines=lines), file=file)
