"""Workbooks, XLSX and XLS: every cell as text, at its own row and letter."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager

import fastexcel
import polars as pl

from odd17.core.indicators.intake import ROW, nameless
from odd17.core.kernel import DataError, Message

from .contents import Kind
from .grid import Grid, cell_name
from .room import check_room

# each match ends where another element begins, so that the search stays as long as the sheet whatever it holds
_ERROR_CELL = re.compile(
    rb'<c\b(?=[^<>]*\bt="e")[^<>]*\br="([A-Z]+)(\d+)"[^<>]*>(?:(?!</?c\b).)*?<v>([^<]*)</v>', re.DOTALL
)


def read_sheet(data: bytes, kind: Kind, name: str, wanted: str | None) -> Grid:
    """The grid of the sheet called ``wanted``, or of the only one; raises DataError naming the sheets otherwise."""
    book = _book(data, kind, name)
    names: list[str] = book.sheet_names
    if wanted is None and len(names) > 1:
        raise DataError(
            "the workbook has several sheets", file=name,
            remedy=Message("say which with `sheet` under `file`: {sheets}", sheets=', '.join(map(repr, names))),
        )  # fmt: skip
    chosen = names[0] if wanted is None else wanted
    if chosen not in names:
        raise DataError(
            "the workbook has no such sheet",
            file=name,
            value=chosen,
            remedy=Message("it has {sheets}", sheets=", ".join(map(repr, names))),
        )
    with _damage_told(name):
        sheet = book.load_sheet(chosen, header_row=None, skip_rows=0, dtypes="string")
        frame: pl.DataFrame = sheet.to_polars()
    if frame.is_empty():
        raise DataError("the sheet is empty", file=name, value=chosen, remedy="check that the file is complete")
    letters = [nameless(column.absolute_index) for column in sheet.available_columns()]
    frame.columns = [cell_name(at) for at in range(frame.width)]
    if kind is Kind.XLSX:
        with _damage_told(name):
            frame = _with_errors(frame, letters, data, chosen)
    return Grid(frame.insert_column(0, pl.Series(ROW, range(1, frame.height + 1), dtype=pl.Int64)), letters)


def first_sheet(data: bytes, kind: Kind, name: str) -> str:
    """The name of the first sheet of a workbook; raises DataError where it is damaged."""
    return str(_book(data, kind, name).sheet_names[0])


def _book(data: bytes, kind: Kind, name: str) -> fastexcel.ExcelReader:
    with _damage_told(name):
        if kind is Kind.XLSX:
            check_room(data, name)
        return fastexcel.read_excel(data)


@contextmanager
def _damage_told(name: str) -> Iterator[None]:
    """Turn whatever a damaged workbook makes its readers raise into a DataError."""
    try:
        yield
    except (fastexcel.FastExcelError, zipfile.BadZipFile, NotImplementedError, KeyError, zlib.error) as error:
        raise _damaged(name) from error
    except BaseException as error:
        # a panic of the reader's Rust code is no Exception, and its class has no name to import
        if type(error).__name__ != "PanicException":
            raise
        raise _damaged(name) from error


def _damaged(name: str) -> DataError:
    return DataError("not a workbook that can be read", file=name, remedy="download it again, or save it as XLSX")


def _with_errors(frame: pl.DataFrame, letters: list[str], data: bytes, sheet: str) -> pl.DataFrame:
    """``frame`` with the errors of formulas (``#N/A``), which the reader leaves empty as if the value were missing."""
    archive = zipfile.ZipFile(io.BytesIO(data))
    part = _part_of(archive, sheet)
    text = b"" if part is None else archive.read(part)
    if b't="e"' not in text:
        return frame
    for letter, row, shown in _ERROR_CELL.findall(text):
        if letter.decode() in letters and int(row) <= frame.height:
            column = cell_name(letters.index(letter.decode()))
            cells = frame[column].clone()
            cells[int(row) - 1] = shown.decode()
            frame = frame.with_columns(cells)
    return frame


def _part_of(archive: zipfile.ZipFile, sheet: str) -> str | None:
    """The member of the workbook that holds ``sheet``."""
    book = archive.read("xl/workbook.xml").decode("utf-8", "replace")
    links = archive.read("xl/_rels/workbook.xml.rels").decode("utf-8", "replace")
    for tag in re.findall(r"<(?:\w+:)?sheet\b[^<>]*>", book):
        label, key = re.search(r'\bname="([^"]*)"', tag), re.search(r'\br:id="([^"]*)"', tag)
        if label is None or key is None or _unescaped(label[1]) != sheet:
            continue
        for link in re.findall(r"<(?:\w+:)?Relationship\b[^<>]*>", links):
            target = re.search(r'\bTarget="/?([^"]*)"', link)
            if target is not None and f'Id="{key[1]}"' in link:
                member = target[1] if target[1].startswith("xl/") else f"xl/{target[1]}"
                return member if member in archive.namelist() else None
    return None


def _unescaped(text: str) -> str:
    for entity, character in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&apos;", "'"), ("&amp;", "&")):
        text = text.replace(entity, character)
    return text
