"""Read a file of practices by its mapping: the cases that can be kept, and the rows that cannot, with their reasons."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from odd17.core.kernel import DataError
from odd17.core.practices.case import Case
from odd17.core.practices.mapping_check import wrong_words
from odd17.core.practices.row_cells import Rejected
from odd17.core.practices.rows import read_cases
from odd17.core.territories import Cog
from odd17.publishing.exports.table import guarded
from odd17.publishing.said import said
from odd17.store.practice_mapping import read_practice_mapping
from odd17.store.practice_rows import read_practice_rows
from odd17.store.reading import read_bytes
from odd17.store.whole_files import write_whole

Progress = Callable[[str, int, int], None]
"""Called with the step, how much of it is done, and how much there is (0: unknown)."""

_TOLD_EVERY = 1000


@dataclass
class PracticesRead:
    """A file of practices: ``total`` rows, of which :meth:`cases` gives the good ones; ``rejected`` fills meanwhile."""

    origin: str
    total: int
    source: Iterator[Case | tuple[Rejected, ...]]
    rejected: list[Rejected] = field(default_factory=list)

    def cases(self) -> Iterator[Case]:
        """The cases, once; what is wrong with the other rows is in ``rejected`` when the last is given."""
        for item in self.source:
            if isinstance(item, Case):
                yield item
            else:
                self.rejected.extend(item)

    @property
    def rejected_rows(self) -> int:
        """How many rows were not taken so far."""
        return len({item.row for item in self.rejected})


def read_practices(file: Path, mapping: Path, *, cog: Cog, progress: Progress | None = None) -> PracticesRead:
    """The practices of ``file`` (CSV, XLSX, JSON) as the file ``mapping`` says to read them.

    Raises DataError where the mapping is wrong, names columns that the file lacks, or where no table can be read.
    """
    tell = progress or _silent
    tell("read", 0, 1)
    declared = read_practice_mapping(mapping)
    for wrong in wrong_words(declared, cog):
        raise DataError(wrong.reason, file=mapping.name, column=wrong.key, value=wrong.value, remedy=wrong.remedy)
    found = read_practice_rows(read_bytes(file), file.name, declared)
    tell("read", 1, 1)
    total = len(found.rows) + len(found.rejected)

    def told() -> Iterator[Case | tuple[Rejected, ...]]:
        for at, item in enumerate(read_cases(found.rows, declared, cog), start=1):
            if at % _TOLD_EVERY == 0:
                tell("keep", at, total)
            yield item
        tell("keep", total, total)

    return PracticesRead(declared.origin, total, told(), list(found.rejected))


def rejected_file(file: Path) -> Path:
    """Where the reasons for the rows of ``file`` that were not taken are written: beside it.

    >>> rejected_file(Path("a/cases.csv")).as_posix()
    'a/cases.rejected.csv'
    """
    return file.with_name(f"{file.stem}.rejected.csv")


def write_rejected(path: Path, rejected: Sequence[Rejected], language: str) -> None:
    """Write one line a reason, in ``language``: row, column, value, reason, remedy. The file appears whole or not."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(("row", "column", "value", "reason", "remedy"))
    for item in sorted(rejected, key=lambda item: item.row):
        cells = (item.column or "", item.value[:500], said(item.reason, language), said(item.remedy, language))
        writer.writerow((item.row, *map(guarded, cells)))
    write_whole(path, text.getvalue().encode("utf-8-sig"))


def _silent(step: str, done: int, total: int) -> None:
    """Tell nobody."""
