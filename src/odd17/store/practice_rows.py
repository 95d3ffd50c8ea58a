"""The rows of a file of practices: each with its number and its cells as text; rows of another width are told apart."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from odd17.core.indicators.intake import ROW, Dataset, FileForm, TerritoryColumn
from odd17.core.kernel import DataError, Message, Provenance
from odd17.core.practices.mapping import CaseMapping
from odd17.core.practices.row_cells import Rejected
from odd17.core.practices.rows import Row

from .reading import read_table
from .reading.contents import Kind, opened
from .reading.grid import plain
from .reading.text import DELIMITERS, utf8

_LISTED_COLUMNS = 20
_NOBODY = Provenance("", "", "", "", "")


@dataclass(frozen=True, slots=True)
class PracticeRows:
    """The columns of a file, and its rows: those that fit the header, and those of another width."""

    columns: tuple[str, ...]
    rows: Sequence[Row]
    rejected: tuple[Rejected, ...] = ()


def read_practice_rows(data: bytes, name: str, mapping: CaseMapping) -> PracticeRows:
    """The rows in the bytes ``data`` of the file called ``name``: CSV, XLSX, XLS, Parquet or JSON records.

    The first row that is not blank names the columns. Rows without a single cell are passed over. Raises DataError
    where no table can be read, and where the file lacks a column that ``mapping`` names, with the near name.
    """
    kind, content = opened(data, name)
    found = _text(content, name, mapping) if kind is Kind.TEXT else _table(content, name, mapping)
    for column, key in mapping.columns.items():
        if column not in found.columns:
            near = get_close_matches(column, found.columns, n=1)
            hint = Message("did you mean {near!r}? ", near=near[0]) if near else ""
            raise DataError(
                "the file has no such column", file=name, column=column,
                remedy=Message(
                    "{hint}Correct `{key}` in the mapping file. The file has {columns}",
                    hint=hint, key=key, columns=list(found.columns[:_LISTED_COLUMNS]),
                ),
            )  # fmt: skip
    if not found.rows and not found.rejected:
        raise DataError("the file has no row", file=name, remedy="check that it is complete")
    return found


def _table(data: bytes, name: str, mapping: CaseMapping) -> PracticeRows:
    form = Dataset("", _NOBODY, TerritoryColumn(mapping.id), form=FileForm(sheet=mapping.sheet))
    table, findings = read_table(data, name, form)
    for finding in findings:
        raise finding.error(name)
    frame = table.frame.fill_null("")
    names = tuple(table.names)
    rows = [
        (int(number), dict(zip(names, cells, strict=True)))
        for number, *cells in frame.select(ROW, *names).iter_rows()
        if any(cell.strip() for cell in cells)
    ]
    return PracticeRows(names, rows)


def _text(data: bytes, name: str, mapping: CaseMapping) -> PracticeRows:
    text = utf8(data, name, mapping.encoding).decode()
    delimiter = mapping.delimiter or _delimiter(text, mapping)
    records = _records(text, name, delimiter)
    try:
        header = next(cells for _, cells in records)
    except StopIteration:
        raise DataError("the file has no row", file=name, remedy="check that it is complete") from None
    names = tuple(plain(cell) for cell in header)
    twice = next((column for column in mapping.columns if names.count(column) > 1), None)
    if twice is not None:
        raise DataError("two columns have this name", file=name, column=twice, remedy="name one of them anew")
    rows: list[Row] = []
    rejected: list[Rejected] = []
    for number, cells in records:
        if len(cells) == len(names):
            rows.append((number, dict(zip(names, cells, strict=True))))
        else:
            counts: Mapping[str, object] = {"cells": len(cells), "width": len(names)}
            reason = Message("the row has {cells} cells and the header {width}", **counts)
            remedy = Message("complete the row, or put quotes around cells that hold the separator")
            rejected.append(Rejected(number, None, delimiter.join(cells)[:80], reason, remedy))
    return PracticeRows(names, rows, tuple(rejected))


def _records(text: str, name: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """The number of each row, from 1, and its cells; blank rows are passed over."""
    number = 0
    try:
        for number, cells in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True), 1):
            if any(cell.strip() for cell in cells):
                yield number, cells
    except csv.Error as error:
        raise DataError(
            Message("the row cannot be read ({error})", error=str(error)), file=name, row=number + 1,
            remedy="close the quote, or double the quotes inside a quoted cell",
        ) from error  # fmt: skip


def _delimiter(text: str, mapping: CaseMapping) -> str:
    """The separator by which the first row has most of the columns that the mapping names."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    wanted = set(mapping.columns)

    def found(delimiter: str) -> tuple[int, int]:
        try:
            cells = next(csv.reader([first], delimiter=delimiter), [])
        except csv.Error:
            cells = []
        return len(wanted & {plain(cell) for cell in cells}), len(cells)

    return max(DELIMITERS, key=found)
