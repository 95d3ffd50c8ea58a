"""A small table that somebody sends, CSV or a workbook: its header, and its rows as text with their numbers."""

from __future__ import annotations

import csv
import io

from odd17.core.kernel import DataError, Message

from .reading.contents import Kind, opened
from .reading.grid import plain
from .reading.room import check_room
from .reading.sheet import first_sheet, read_sheet
from .reading.text import DELIMITERS, utf8

MOST_ROWS = 5_000
_MOST_CELLS = 1_000_000
_MOST_TEXT = 200 * 2**20

SmallTable = tuple[tuple[str, ...], tuple[tuple[int, tuple[str, ...]], ...]]
"""The header, and the rows: each with its number in the file, from 1."""


def read_small_table(data: bytes, name: str) -> SmallTable:
    """The table in ``data``, of a workbook its first sheet; the first row that is not blank is its header.

    Blank rows are passed over.

    Raises DataError where the file is empty, has no row, more than ``MOST_ROWS``, or is neither CSV nor a workbook.
    """
    if not data:
        raise DataError("the file is empty", file=name, remedy="choose another file")
    kind, content = opened(data, name)
    if kind is Kind.TEXT:
        found = _text(content, name)
    elif kind is Kind.XLSX:
        check_room(content, name, most_cells=_MOST_CELLS, most_text=_MOST_TEXT)
        grid = read_sheet(content, kind, name, first_sheet(content, kind, name))
        found = [(int(number), [cell or "" for cell in cells]) for number, *cells in grid.frame.iter_rows()]
    else:
        raise DataError("this is neither CSV nor a workbook", file=name, remedy="save it as CSV or XLSX")
    written = [(number, tuple(cells)) for number, cells in found if any(cell.strip() for cell in cells)]
    if len(written) < 2:
        raise DataError("the file has no row", file=name, remedy="check that it is complete")
    if len(written) > MOST_ROWS:
        raise DataError(
            Message("the file has more than {most:,} rows", most=MOST_ROWS), file=name, remedy="send fewer at once"
        )
    return tuple(plain(cell) for cell in written[0][1]), tuple(written[1:])


def _text(data: bytes, name: str) -> list[tuple[int, list[str]]]:
    text = utf8(data, name, None).decode().removeprefix("\ufeff")
    first = next((line for line in text.splitlines() if line.strip()), "")
    delimiter = max(DELIMITERS, key=first.count)
    number = 0
    found = []
    try:
        for number, cells in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True), 1):
            found.append((number, cells))
    except csv.Error as error:
        raise DataError(
            Message("the row cannot be read ({error})", error=str(error)), file=name, row=number + 1,
            remedy="close the quote, or double the quotes inside a quoted cell",
        ) from error  # fmt: skip
    return found
