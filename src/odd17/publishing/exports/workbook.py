"""XLSX: a sheet of data with typed cells and a frozen header, and a sheet of sources and citation."""

from __future__ import annotations

import io
import re
from datetime import datetime
from typing import Final

import xlsxwriter

from .table import Kind, Table, guarded, marked

_OPTIONS: Final = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}
_WIDEST: Final = 60
_DATE: Final = re.compile(r"\d{4}-\d{2}-\d{2}")


def xlsx(table: Table) -> bytes:
    """The workbook; the same table gives the same bytes."""
    table = marked(table)
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, _OPTIONS)
    # a fixed time: the workbook would carry the hour at which it was written
    book.set_properties({"title": table.title, "created": _date_of(table.release)})
    head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    data = book.add_worksheet(table.data_title)
    for place, column in enumerate(table.columns):
        pattern = "0" if column.kind is Kind.INTEGER or not column.decimals else "0." + "0" * column.decimals
        shape = None if column.kind is Kind.TEXT else book.add_format({"num_format": "#,##" + pattern})
        longest = max([12, *(len(str(row[place])) for row in table.rows[:200] if row[place] is not None)])
        data.set_column(place, place, min(longest + 2, _WIDEST))
        data.write_string(0, place, guarded(column.title), head)
        for number, row in enumerate(table.rows, start=1):
            cell = row[place]
            if isinstance(cell, str):
                data.write_string(number, place, guarded(cell))
            elif cell is not None:
                data.write_number(number, place, cell, shape)
    data.freeze_panes(1, 0)
    if table.rows:
        data.autofilter(0, 0, len(table.rows), len(table.columns) - 1)
    about = book.add_worksheet(table.notes_title)
    about.set_column(0, 0, 110)
    about.write_string(0, 0, guarded(table.title), head)
    for number, line in enumerate(table.notes, start=1):
        about.write_string(number, 0, guarded(line), wrapped)
    book.close()
    return stream.getvalue()


def _date_of(release: str) -> datetime:
    """The day that a release's identifier begins with; a fixed day where it begins with none."""
    found = _DATE.match(release)
    return datetime.fromisoformat(found[0] if found else "2000-01-01")
