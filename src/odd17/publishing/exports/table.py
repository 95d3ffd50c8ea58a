"""A table ready to be written: typed columns, rows, and the mentions that never leave it."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from odd17.core.kernel import is_fictitious
from odd17.publishing.watermark import IN_BOTH

Cell = str | float | int | None
"""None is an empty cell; why it is empty is said by the row's status columns."""


class Kind(StrEnum):
    """What a column holds."""

    TEXT = "text"
    NUMBER = "number"
    INTEGER = "integer"


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name for programs, its title for people, what it holds, and decimals to show in a spreadsheet."""

    id: str
    title: str
    kind: Kind = Kind.TEXT
    decimals: int = 1


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under typed columns, with what must stand beside them.

    ``notes`` are lines of explanation, source and citation; ``data_title`` and ``notes_title`` name the two sheets of a
    workbook. Raises ValueError where a row does not fit its columns or holds a number that is not finite.
    """

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    notes: tuple[str, ...]
    release: str
    data_title: str
    notes_title: str

    def __post_init__(self) -> None:
        for number, row in enumerate(self.rows, start=1):
            if len(row) != len(self.columns):
                raise ValueError(f"row {number} has {len(row)} cells for {len(self.columns)} columns")
            for column, cell in zip(self.columns, row, strict=True):
                if cell is not None and isinstance(cell, str) != (column.kind is Kind.TEXT):
                    raise ValueError(f"row {number}, column {column.id!r}: {cell!r} is not {column.kind.value}")
                if isinstance(cell, float) and not math.isfinite(cell):
                    raise ValueError(f"row {number}, column {column.id!r}: {cell!r} is not finite")


def marked(table: Table) -> Table:
    """The table to be written: where the studies of its release are made up, a first column and a first note say so."""
    if not is_fictitious(table.release):
        return table
    columns = (Column("fictitious", IN_BOTH), *table.columns)
    rows = tuple((IN_BOTH, *row) for row in table.rows)
    return replace(table, columns=columns, rows=rows, notes=(IN_BOTH, *table.notes), title=f"{IN_BOTH} · {table.title}")


_FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r")


def guarded(text: str) -> str:
    """``text``, an apostrophe before it where a spreadsheet would take it for a formula (OWASP, "CSV injection").

    >>> guarded("=1+1"), guarded("Île-de-France"), guarded("-5")
    ("'=1+1", 'Île-de-France', "'-5")
    """
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text
