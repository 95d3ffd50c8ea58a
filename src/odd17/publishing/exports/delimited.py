"""CSV, twice: strict, for programs; and as a French spreadsheet opens it."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable
from decimal import Decimal

from .table import Cell, Kind, Table, guarded, marked


def strict_csv(table: Table) -> bytes:
    """UTF-8, comma, points in numbers, one header of column names, lines ended as RFC 4180 says."""
    table = marked(table)
    return _written(table, (column.id for column in table.columns), ",", _plain).encode("utf-8")


def french_csv(table: Table) -> bytes:
    """Semicolon, decimal comma, titles for people; UTF-8 with a byte order mark, without which Excel reads Latin-1."""
    table = marked(table)
    titles = (column.title for column in table.columns)
    return _written(table, titles, ";", lambda value: _plain(value).replace(".", ",")).encode("utf-8-sig")


def _written(table: Table, header: Iterable[str], delimiter: str, number: Callable[[float], str]) -> str:
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, delimiter=delimiter, lineterminator="\r\n")
    writer.writerow([guarded(title) for title in header])
    kinds = [column.kind for column in table.columns]
    for row in table.rows:
        writer.writerow([_cell(cell, kind, number) for cell, kind in zip(row, kinds, strict=True)])
    return stream.getvalue()


def _cell(cell: Cell, kind: Kind, number: Callable[[float], str]) -> str:
    if cell is None:
        return ""
    if isinstance(cell, str):
        return guarded(cell)
    return str(int(cell)) if kind is Kind.INTEGER else number(cell)


def _plain(value: float) -> str:
    """All the digits of a number, without exponent."""
    return f"{Decimal(repr(float(value))):f}"
