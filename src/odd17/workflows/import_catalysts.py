"""Read a file of catalysts: the entries that can be kept, and the rows that cannot, with their reasons."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from odd17.core.kernel import UsageError
from odd17.core.practices.mapping import CaseMapping, Rule
from odd17.core.practices.row_cells import Rejected
from odd17.core.resources.catalyst_brought import BroughtCatalyst
from odd17.core.resources.catalyst_places import Covered, NoPlace
from odd17.core.territories import Cog
from odd17.store.catalyst_mapping import read_catalyst_mapping
from odd17.store.practice_rows import read_practice_rows
from odd17.store.reading import read_bytes

from .catalyst_rows import FIELDS, Carried, PlaceOf, read_rows
from .catalysts import covered_place
from .import_practices import rejected_file, write_rejected

__all__ = ["CatalystsRead", "read_catalysts", "rejected_file", "write_rejected"]


@dataclass(frozen=True, slots=True)
class CatalystsRead:
    """A file of catalysts, of ``total`` rows; ``carried`` are codes of an older vintage: the row, and what it says."""

    origin: str
    language: str
    total: int
    brought: tuple[BroughtCatalyst, ...]
    rejected: tuple[Rejected, ...]
    carried: tuple[Carried, ...]

    @property
    def rejected_rows(self) -> int:
        """How many rows are not taken."""
        return len({item.row for item in self.rejected})


def read_catalysts(file: Path, mapping: Path | None, *, cog: Cog, today: date) -> CatalystsRead:
    """The entries of ``file`` (CSV, XLSX) as ``mapping`` says to read them; without one, by the names of its columns.

    Raises DataError where the mapping is wrong, names columns that the file lacks, or where no table can be read, and
    UsageError where no mapping is given and the name of the file cannot name where the entries come from.
    """
    data = read_bytes(file)
    declared = _usual(data, file) if mapping is None else read_catalyst_mapping(mapping)
    found = read_practice_rows(data, file.name, declared)
    carried: list[Carried] = []
    brought: list[BroughtCatalyst] = []
    rejected = list(found.rejected)
    place = _remembered(cog)
    for item in read_rows(found.rows, declared, place=place, today=today, carried=carried):
        if isinstance(item, BroughtCatalyst):
            brought.append(item)
        else:
            rejected.extend(item)
    total = len(found.rows) + len(found.rejected)
    return CatalystsRead(declared.origin, declared.language, total, tuple(brought), tuple(rejected), tuple(carried))


def _usual(data: bytes, file: Path) -> CaseMapping:
    """The mapping of a file whose columns have the names of the fields; its name tells where the entries come from."""
    origin = re.sub(r"[^a-z0-9]+", "-", file.stem.lower()).strip("-")[:64]
    if not origin:
        raise UsageError("The name of the file cannot name where the entries come from: give --mapping.")
    needed = {"name": Rule("name"), "territories": Rule("territories")}
    columns = read_practice_rows(data, file.name, CaseMapping(origin, "id", needed)).columns
    return CaseMapping(origin, "id", {name: Rule(name) for name in FIELDS if name in columns})


def _remembered(cog: Cog) -> PlaceOf:
    """What a label means, looked up once."""
    known: dict[str, Covered | NoPlace] = {}

    def place(label: str) -> Covered | NoPlace:
        if label not in known:
            known[label] = covered_place(label, cog)
        return known[label]

    return place
