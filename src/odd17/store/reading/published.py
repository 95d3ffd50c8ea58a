"""Any published file to a table of text: the one door that the import uses."""

from __future__ import annotations

import io
import json
from typing import Any, NoReturn

import polars as pl

from odd17.core.indicators.intake import ROW, Dataset, Finding, Table
from odd17.core.kernel import DataError, Message

from .contents import Kind, opened
from .grid import checked, table_of
from .sheet import read_sheet
from .text import read_text

READABLE = ("CSV", "XLSX", "XLS", "Parquet", "JSON (a list of records)")
"""The formats that are read; each also gzipped."""

MAX_CELLS = 100_000_000
"""How many cells a Parquet file may have: a few bytes can state billions of them."""


def read_table(data: bytes, name: str, dataset: Dataset) -> tuple[Table, tuple[Finding, ...]]:
    """The table in the bytes ``data`` of the file called ``name``, read as ``dataset`` declares, and first findings.

    Raises DataError where no table can be read at all.
    """
    kind, data = opened(data, name)
    if kind is Kind.PARQUET:
        return checked(_parquet(data, name), name, dataset), ()
    if kind is Kind.JSON:
        return checked(_records(data, name), name, dataset), ()
    if kind is Kind.TEXT:
        grid, findings = read_text(data, name, dataset)
        return table_of(grid, name, dataset), tuple(findings)
    return table_of(read_sheet(data, kind, name, dataset.form.sheet), name, dataset), ()


def _parquet(data: bytes, name: str) -> Table:
    try:
        lazy = pl.scan_parquet(io.BytesIO(data))
        schema = lazy.collect_schema()
        rows = lazy.select(pl.len()).collect().item()
        if rows * len(schema) > MAX_CELLS:
            raise DataError(
                Message("the file has {rows:,} rows, more than are accepted", rows=rows),
                file=name,
                remedy="cut it in parts",
            )
        flat = [column for column, dtype in schema.items() if not dtype.is_nested() and dtype != pl.Binary]
        frame = lazy.select(pl.col(flat).cast(pl.String)).collect()
    except (pl.exceptions.PolarsError, OSError) as error:
        raise DataError("not a Parquet file that can be read", file=name, remedy="download it again") from error
    return Table(frame.insert_column(0, pl.Series(ROW, range(1, frame.height + 1), dtype=pl.Int64)))


def _records(data: bytes, name: str) -> Table:
    try:
        # numbers stay as written: a code is text, and a figure is parsed by the same rules as in any other file
        records = json.loads(data.decode("utf-8-sig"), parse_float=str, parse_int=str, parse_constant=str)
    except UnicodeDecodeError as error:
        raise DataError("not UTF-8 text", file=name, remedy="JSON is written in UTF-8") from error
    except json.JSONDecodeError as error:
        raise DataError(
            Message("not JSON ({msg})", msg=error.msg), file=name, row=error.lineno, remedy="correct the line"
        ) from error
    except RecursionError:
        _not_records(name)
    if not isinstance(records, list) or not all(isinstance(record, dict) for record in records):
        _not_records(name)
    names: dict[str, None] = {}
    for record in records:
        names.update(dict.fromkeys(record))
    columns = {key: pl.Series([_text(record.get(key)) for record in records], dtype=pl.String) for key in names}
    return Table(pl.DataFrame({ROW: pl.Series(range(1, len(records) + 1), dtype=pl.Int64), **columns}))


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) or value is None else json.dumps(value, ensure_ascii=False)


def _not_records(name: str) -> NoReturn:
    raise DataError("not a list of records", file=name, remedy='give a list such as [{"code": "01", "value": 1}]')
