"""Respondents' files to a table of text: CSV, XLSX, SPSS ``.sav`` and Stata ``.dta`` with their labels."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

import polars as pl
import pyreadstat

from odd17.core.indicators.intake import ROW, Dataset, FileForm, TerritoryColumn
from odd17.core.kernel import DataError, Message, Provenance
from odd17.core.perceptions.answers import Respondents

from .reading import read_table

_SAV = (b"$FL2", b"$FL3")
_DTA_MARK, _DTA_END = b"<stata_dta>", b"</stata_dta>"
_OLD_DTA = range(0x69, 0x74)
_AGAIN = Message("copy the whole file again, or ask its maker for it")


def read_respondents_file(data: bytes, name: str, wanted: Sequence[str], sheet: str | None = None) -> Respondents:
    """The respondents in the bytes ``data`` of the file called ``name``, every cell as text, empty ones null.

    ``wanted`` are columns that the study names, by which the header of a table is found. Raises DataError where no
    table can be read, or where it is cut short.
    """
    if data[:4] in _SAV:
        return _labelled(data, name, pyreadstat.read_sav, user_missing=True)
    if data[: len(_DTA_MARK)] == _DTA_MARK:
        if not data.rstrip(b"\0\n ").endswith(_DTA_END):
            raise DataError("the file is cut short", file=name, remedy=_AGAIN)
        return _labelled(data, name, pyreadstat.read_dta)
    if name.lower().endswith(".dta") and data[0] in _OLD_DTA:
        return _labelled(data, name, pyreadstat.read_dta)
    if name.lower().endswith((".sav", ".zsav", ".dta")):
        raise DataError("the file does not begin as its name says", file=name, remedy=_AGAIN)
    return _table(data, name, wanted, sheet)


def _table(data: bytes, name: str, wanted: Sequence[str], sheet: str | None) -> Respondents:
    trouble: DataError | None = None
    for column in dict.fromkeys(wanted):
        try:
            table, findings = read_table(data, name, _form_of(column, sheet))
        except DataError as error:
            if error.column != column:
                raise
            trouble = trouble or error
            continue
        for finding in findings:
            raise finding.error(name)
        frame = table.frame.select(table.names)
        cells = frame.select(pl.all().str.strip_chars().replace("", None))
        blank = pl.all_horizontal(pl.all().is_null())
        kept = cells.select(~blank)[:, 0]
        return Respondents(cells.filter(kept), table.frame[ROW].cast(pl.Int64).filter(kept), name)
    if trouble is None:
        raise DataError("the study names no column", file=name)
    raise DataError(
        trouble.message, file=name, column=trouble.column,
        remedy="name the columns in the study file as they stand in the header, or put the header first",
    ) from trouble  # fmt: skip


def _form_of(column: str, sheet: str | None) -> Dataset:
    """How published tables are read, said of a table of respondents: any one of its columns finds the header."""
    nobody = Provenance("", "", "", "", "", published=date.min)
    return Dataset("", nobody, TerritoryColumn(column), form=FileForm(sheet=sheet))


def _labelled(data: bytes, name: str, read: Callable[..., tuple[pl.DataFrame, Any]], **options: bool) -> Respondents:
    try:
        frame, meta = read(io.BytesIO(data), output_format="polars", **options)
    except (pyreadstat.ReadstatError, UnicodeDecodeError, ValueError, OverflowError) as error:
        is_short = "expected number of rows" in str(error) or "Unable to read from file" in str(error)
        raise DataError(
            "the file is cut short" if is_short else Message("not a file that can be read ({error})", error=str(error)),
            file=name,
            remedy=_AGAIN,
        ) from error
    labels = {
        column: {_code(code): str(label).strip() for code, label in given.items()}
        for column, given in meta.variable_value_labels.items()
    }
    return Respondents(
        frame.select(_as_text(series) for series in frame.get_columns()),
        pl.Series(range(1, frame.height + 1), dtype=pl.Int64),
        name,
        labels,
        {column: _within(frame[column], ranges) for column, ranges in (meta.missing_ranges or {}).items()},
    )


def _as_text(series: pl.Series) -> pl.Series:
    """A column as text: whole numbers without a decimal point, as they are written in a study file."""
    if series.dtype.is_float():
        whole = series.is_null() | series.is_nan() | ((series % 1 == 0) & (series.abs() < 2**53))
        series = series.fill_nan(None)
        return (series.cast(pl.Int64) if whole.all() else series).cast(pl.String)
    text = pl.Series(series.name, [None if value is None else str(value) for value in series], dtype=pl.String)
    return text.str.strip_chars().replace("", None)


def _code(code: Any) -> str:
    return str(int(code)) if isinstance(code, float) and code.is_integer() else str(code).strip()


def _within(series: pl.Series, ranges: Sequence[Mapping[str, Any]]) -> frozenset[str]:
    """The codes of a column that its file declares missing."""
    found: set[str] = set()
    values = series.drop_nulls().unique().to_list()
    for bounds in ranges:
        low, high = bounds["lo"], bounds["hi"]
        found.update(_code(value) for value in values if isinstance(value, type(low)) and low <= value <= high)
    return frozenset(found)
