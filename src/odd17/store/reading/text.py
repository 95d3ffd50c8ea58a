"""Text files with separators: encoding and separator found out, then read by polars as text, cell by cell."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterator
from difflib import get_close_matches

import polars as pl

from odd17.core.indicators.intake import ROW, Dataset, Finding, nameless
from odd17.core.kernel import DataError, Message

from .grid import Grid, cell_name, plain

DELIMITERS = {";": Message("semicolon"), ",": Message("comma"), "\t": Message("tab"), "|": Message("bar")}
"""The separators that are tried, with their names."""

_HEAD_ROWS = 100  # among which the header stands
_HEAD_BYTES = 2**20
_LISTED_COLUMNS = 12


def read_text(data: bytes, name: str, dataset: Dataset) -> tuple[Grid, list[Finding]]:
    """The grid of a text file from its header row on, and findings on rows that are cut short."""
    text = utf8(data, name, dataset.form.encoding)
    form = dataset.form
    if form.until is not None:
        end = re.search(rb'(?m)^[ \t]*"?' + re.escape(form.until.encode()), text)
        text = text[: end.start()] if end else text
    if dataset.territories.sections or form.header_rows != 1:
        return _ragged_grid(text, name, form.delimiter or _most_frequent(text)), []
    delimiter, skipped, offset, header = _header(text, name, dataset)
    body = text[offset:]
    width = len(header)
    try:
        frame = pl.read_csv(
            body,
            has_header=False,
            schema={cell_name(at): pl.String for at in range(width)},
            separator=delimiter,
            empty_string_is_null=False,
            row_index_name=ROW,
            row_index_offset=skipped + 1,
            extra_columns="raise",
        )
    except pl.exceptions.PolarsError as error:
        raise _unreadable(body, name, delimiter, skipped, width) from error
    findings: list[Finding] = []
    # polars completes a row that is cut short without a word; where every separator is in its place, none is
    if b'"' in body or body.count(delimiter.encode()) != (width - 1) * frame.height:
        findings.extend(_cut_short(body, delimiter, skipped, width))
    return Grid(frame.with_columns(pl.col(ROW).cast(pl.Int64)), [nameless(at) for at in range(width)]), findings


def utf8(data: bytes, name: str, encoding: str | None) -> bytes:
    """``data`` in UTF-8 without byte order mark; raises DataError where ``encoding`` is not that of the file.

    Where no encoding is stated: UTF-8 if it is, else Windows-1252.
    """
    for mark, codec in (
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
    ):
        if data.startswith(mark):
            data, encoding = data[len(mark) :], codec
            break
    is_utf8 = True
    try:
        decoded = data.decode("utf-8")
    except UnicodeDecodeError as error:
        is_utf8, place = False, error.start
    if encoding is None:
        encoding = "utf-8" if is_utf8 else "cp1252"
    codec = codecs.lookup(encoding).name
    if codec == "utf-8" and not is_utf8:
        raise DataError(
            "not UTF-8 text", file=name, row=data.count(b"\n", 0, place) + 1,
            value=data[max(0, place - 10) : place + 10].decode("cp1252", "replace"),
            remedy="write `encoding: cp1252` under `file` (or leave `encoding` out), or ask for the file in UTF-8",
        )  # fmt: skip
    if codec != "utf-8":
        if is_utf8 and codec in ("cp1252", "iso8859-1", "iso8859-15") and not data.isascii():
            place = next(at for at, byte in enumerate(data) if byte > 127)
            raise DataError(
                Message(
                    "the file is in UTF-8, not in {encoding}",
                    encoding=encoding,
                ),
                file=name, row=data.count(b"\n", 0, place) + 1,
                value=data[max(0, place - 10) : place + 10].decode("utf-8", "ignore"),
                remedy="write `encoding: utf-8` under `file`, or leave `encoding` out",
            )  # fmt: skip
        try:
            decoded = data.decode(codec)
        except UnicodeDecodeError as error:
            raise DataError(
                Message("not {encoding} text", encoding=encoding), file=name, row=data.count(b"\n", 0, error.start) + 1,
                remedy="state the `encoding` under `file`, or ask for the file in UTF-8",
            ) from error  # fmt: skip
        data = decoded.encode()
    if b"\x00" in data:
        raise DataError("not a text file: it has zero bytes", file=name, remedy="give CSV, XLSX, XLS, Parquet or JSON")
    if not data.strip():
        raise DataError("the file is empty", file=name, remedy="download it again")
    return data


def _header(text: bytes, name: str, dataset: Dataset) -> tuple[str, int, int, list[str]]:
    """Separator, number of rows and of bytes before the header row, and the header's cells."""
    wanted, form = dataset.territories.column, dataset.form
    tried = [form.delimiter] if form.delimiter is not None else list(DELIMITERS)
    for delimiter in tried:
        for rows, offset, cells in _head(text, name, delimiter):
            at_stated_row = form.header_row is not None and rows + 1 == form.header_row
            if at_stated_row or (form.header_row is None and wanted in cells):
                if wanted not in cells and form.delimiter is None:
                    continue
                return delimiter, rows, offset, cells
    if form.delimiter is not None:
        for delimiter, called in DELIMITERS.items():
            if any(wanted in cells for _, _, cells in _head(text, name, delimiter)):
                raise DataError(
                    Message(
                        "the separator of the file is the {called} {delimiter!r}, not {stated!r}",
                        called=called, delimiter=delimiter, stated=form.delimiter,
                    ),
                    file=name,
                    row=1, remedy=Message(
                        'write `delimiter: "{delimiter}"` under `file`, or leave it out',
                        delimiter=_escaped(delimiter),
                    ),
                )  # fmt: skip
    seen = max((cells for _, _, cells in _head(text, name, form.delimiter or _most_frequent(text))), key=len)
    near = get_close_matches(wanted, seen, n=1)
    hint = Message("did you mean {near!r}? ", near=near[0]) if near else ""
    shown = ", ".join(repr(cell) for cell in seen[:_LISTED_COLUMNS])
    raise DataError(
        Message("no row among the first {head_rows} has this column", head_rows=_HEAD_ROWS), file=name, column=wanted,
        remedy=Message(
            "{hint}Name the column of codes in the dataset file (territories: column). The widest " "row has {shown}",
            hint=hint, shown=shown,
        ),
    )  # fmt: skip


def _head(text: bytes, name: str, delimiter: str) -> Iterator[tuple[int, int, list[str]]]:
    """For each of the first rows: how many rows and bytes stand before it, and its cells."""
    lines = list(io.StringIO(text[:_HEAD_BYTES].decode("utf-8", "ignore"), newline=""))
    reader = csv.reader(lines, delimiter=delimiter)
    sizes = [0]
    for line in lines:
        sizes.append(sizes[-1] + len(line.encode()))
    consumed = 0
    try:
        for rows, cells in enumerate(reader):
            if rows == _HEAD_ROWS:
                return
            yield rows, sizes[consumed], [plain(cell) for cell in cells]
            consumed = reader.line_num
    except csv.Error as error:
        raise DataError(
            Message("the row cannot be read ({error})", error=str(error)),
            file=name,
            row=consumed + 1,
            remedy="correct the row",
        ) from error


def _most_frequent(text: bytes) -> str:
    head = text[:_HEAD_BYTES]
    return max(DELIMITERS, key=lambda delimiter: head.count(delimiter.encode()))


def _unreadable(body: bytes, name: str, delimiter: str, skipped: int, width: int) -> DataError:
    """Why polars could not read ``body``: the first row with too many cells, or an open quote."""
    at = -1
    try:
        for at, cells in enumerate(
            csv.reader(io.StringIO(body.decode(), newline=""), delimiter=delimiter, strict=True)
        ):
            if len(cells) > width:
                return DataError(
                    Message(
                        "the row has {cells} cells and the header {width}",
                        cells=len(cells), width=width,
                    ),
                    file=name, row=skipped + at + 1,
                    value=delimiter.join(cells)[:80],
                    remedy="put quotes around cells that hold the separator (decimal commas in a file separated by "
                    "commas?), or say where the data end with `until` under `file`"
                    if delimiter == ","
                    else "put quotes around cells that hold the separator, or say where the data end with `until` "
                    "under `file`",
                )  # fmt: skip
    except csv.Error as error:
        return DataError(
            Message("the row cannot be read ({error})", error=str(error)),
            file=name,
            row=skipped + at + 2,
            remedy="correct the row",
        )
    return DataError(
        "a quote is opened and never closed, or a quoted cell goes on after its quote", file=name,
        remedy="close the quote, or double the quotes inside a quoted cell",
    )  # fmt: skip


def _cut_short(body: bytes, delimiter: str, skipped: int, width: int) -> Iterator[Finding]:
    rows: list[tuple[int, list[str]]] = []
    at = -1
    try:
        for at, cells in enumerate(csv.reader(io.StringIO(body.decode(), newline=""), delimiter=delimiter)):
            if cells and len(cells) < width and any(cell.strip() for cell in cells):
                rows.append((skipped + at + 1, cells))
    except csv.Error as error:
        yield Finding(
            Message(
                "the row cannot be read ({error})",
                error=str(error),
            ),
            row=skipped + at + 2,
            remedy="correct the row",
        )
    if rows:
        row, cells = rows[0]
        yield Finding(
            Message("the row has {cells} cells and the header {width}: it is cut short", cells=len(cells), width=width),
            row=row, value=delimiter.join(cells)[:80], count=len(rows),
            remedy="complete the row, download the file again, or say where the data end with `until` under `file`",
        )  # fmt: skip


def _ragged_grid(text: bytes, name: str, delimiter: str) -> Grid:
    """The grid of a file of which no single row tells the width: stacked tables, or headers of several rows."""
    try:
        rows = list(csv.reader(io.StringIO(text.decode(), newline=""), delimiter=delimiter))
    except csv.Error as error:
        raise DataError(
            Message("a row cannot be read ({error})", error=str(error)), file=name, remedy="correct the row"
        ) from error
    width = max(len(cells) for cells in rows)
    columns = {
        cell_name(at): pl.Series([cells[at] if at < len(cells) else "" for cells in rows], dtype=pl.String)
        for at in range(width)
    }
    frame = pl.DataFrame({ROW: pl.Series(range(1, len(rows) + 1), dtype=pl.Int64), **columns})
    return Grid(frame, [nameless(at) for at in range(width)])


def _escaped(delimiter: str) -> str:
    return "\\t" if delimiter == "\t" else delimiter
