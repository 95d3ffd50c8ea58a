"""A published table as text: what the readers of every format give, and what the rules of reading take."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

ROW = "\x00row"
"""Column of a table: the number of the row in the file, from 1 (no published column can have this name)."""

LEVEL = "\x00level"
"""Column of a table: the level of the row's territory (of a table with sections, from the start)."""

TERRITORY = "\x00territory"
"""Column of a located table: the identifier of the row's territory."""


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of a published file: every column is text, trimmed of nothing, with ``ROW`` (and ``LEVEL``) beside."""

    frame: pl.DataFrame

    @property
    def names(self) -> list[str]:
        """The names of the published columns."""
        return [name for name in self.frame.columns if name not in (ROW, LEVEL, TERRITORY)]


def nameless(position: int) -> str:
    """The letters by which a spreadsheet calls its column at ``position`` (from 0).

    >>> nameless(0), nameless(25), nameless(26)
    ('A', 'Z', 'AA')
    """
    letters = ""
    position += 1
    while position:
        position, rest = divmod(position - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
