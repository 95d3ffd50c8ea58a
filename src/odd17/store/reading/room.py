"""The room that a workbook takes once it is read: a few bytes may stand for a sheet that no machine holds.

Readers make room for every cell between the first and the last, empty ones too, and write a shared string anew in each
cell that points to it. What a workbook says of itself is therefore counted before any reader opens it. Nothing is
parsed: whatever looks like the place of a cell counts, wherever it stands.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from typing import Final

from odd17.core.kernel import DataError, Message

MOST_CELLS: Final = 100_000_000
"""From the first cell of a sheet to its last."""

MOST_COLUMNS: Final = 16_384
"""Of a sheet, as spreadsheets have them."""

_PLACE: Final = re.compile(rb"\br\s*=\s*[\"']([A-Za-z]{0,10})(\d{1,20})[\"']")
_CELL: Final = re.compile(rb"<(?:\w{1,40}:)?c[\s/>]")
_ROW: Final = re.compile(rb"<(?:\w{1,40}:)?row[\s/>]")
_POINTER: Final = re.compile(rb"\bt\s*=\s*[\"']s[\"']")
_STRING_END: Final = re.compile(rb"</(?:\w{1,40}:)?si\s*>")


def check_room(data: bytes, name: str, *, most_cells: int = MOST_CELLS, most_text: int | None = None) -> None:
    """Raise DataError where a sheet of the workbook ``data`` would take more than ``most_cells``.

    ``most_text``: also where its shared strings, written in each cell that points to one, could take more bytes, and
    where cells that name no place could make more columns than a spreadsheet has.
    """
    longest = pointers = 0
    for text in _members(data, name):
        rows, columns, placed = _extent(text)
        if most_text is not None:
            rows = max(rows, sum(1 for _ in _ROW.finditer(text)))
            columns = max(columns, sum(1 for _ in _CELL.finditer(text)) - placed)
            longest = max(longest, *map(len, _STRING_END.split(text)))
            pointers += sum(1 for _ in _POINTER.finditer(text))
        if rows * columns > most_cells or columns > MOST_COLUMNS:
            raise DataError(
                Message(
                    "a sheet has {rows:,} rows and {columns:,} columns, empty cells included: too many to be read",
                    rows=rows,
                    columns=columns,
                ),
                file=name,
                remedy="copy the table alone into a new workbook, or save it as CSV",
            )
    if most_text is not None and longest * pointers > most_text:
        raise DataError(
            "the texts of the workbook are too long to be read",
            file=name,
            remedy="copy the table alone into a new workbook, or save it as CSV",
        )


def _members(data: bytes, name: str) -> Iterator[bytes]:
    """What the workbook holds, one part after the other."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for member in archive.infolist():
                yield archive.read(member)
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError, OSError, ValueError, zlib.error) as error:
        raise DataError(
            "not a workbook that can be read", file=name, remedy="download it again, or save it as XLSX"
        ) from error


def _extent(text: bytes) -> tuple[int, int, int]:
    """The last row, the last column and how many cells name their place."""
    rows = columns = placed = 0
    for found in _PLACE.finditer(text):
        rows = max(rows, int(found[2]))
        if found[1]:
            placed += 1
            columns = max(columns, _column(found[1]))
    return rows, columns, placed


def _column(letters: bytes) -> int:
    """The number of a column.

    >>> _column(b"A"), _column(b"XFD")
    (1, 16384)
    """
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number
