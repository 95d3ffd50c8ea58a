"""A file as published to the table that recipes read: unpacked, decoded, its header found, its columns checked."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

import fastexcel
import polars as pl

from odd17.core.indicators.source import Source
from odd17.core.indicators.source_table import PERIOD, column_named, to_table
from odd17.core.kernel import DataError, Message
from odd17.store.reading import read_bytes
from odd17.store.reading.contents import Kind, check_zip
from odd17.store.reading.grid import cell_name, plain
from odd17.store.reading.sheet import read_sheet

from .archive import gunzip, is_gzip, is_zip, take_members
from .csv_file import scan_text
from .protocol import Wanted

_YEAR_AT_END = r"(\d{4})(?:-[A-Z0-9]+)?$"


def tabulate(
    source: Source,
    path: Path,
    wanted: Wanted,
    work: Path,
    *,
    names: Sequence[str] = (),
    member: str | None = None,
    without: Sequence[str] = (),
    every: bool = False,
) -> pl.LazyFrame:
    """The table in the file at ``path`` (in ``member`` of it, where it is an archive), as recipes read it.

    Where ``every``, all the members that answer are read, one below the other.

    ``names`` are what the file is called where it comes from: a period may stand there. Raises DataError where the file
    cannot be read, and where it lacks a column that is needed: then with the difference to what was described.
    """
    raw, inside = cells_of(source, path, work, member=member, without=without, every=every)
    return finish(source, raw, wanted, work, [*inside, *names, path.name])


def cells_of(
    source: Source,
    path: Path,
    work: Path,
    *,
    member: str | None = None,
    without: Sequence[str] = (),
    every: bool = False,
) -> tuple[pl.LazyFrame, list[str]]:
    """The file at ``path``, unpacked, as text cells; and the names of the sheet and of the member that were read."""
    inside: list[str] = []
    if is_zip(path):
        first, *others = take_members(path, member or "*", without, work, every=every)
        inside.append(first.name)
    else:
        first, others = path, []
    raw, sheet = _read(source, gunzip(first, work) if is_gzip(first) else first, work)
    if others:
        raw = _joined([raw, *(_read(source, other, work)[0] for other in others)], source)
    if sheet is not None:
        inside.insert(0, sheet)
    return raw, inside


def finish(source: Source, raw: pl.LazyFrame, wanted: Wanted, work: Path, names: Sequence[str]) -> pl.LazyFrame:
    """The columns of ``raw`` that are needed, in the form that recipes read, on disk in ``work``."""
    columns = raw.collect_schema().names()
    needed = _needed(source, columns, wanted)
    # read once, however many recipes draw from it
    rows = raw.select(needed)
    if wanted.rows:
        rows = rows.filter(pl.any_horizontal([_kept(conditions, columns, source) for conditions in wanted.rows]))
    table = to_table(source, rows, period=period_in(source, names))
    if wanted.since is not None:
        table = table.filter(pl.col(PERIOD).str.extract(_YEAR_AT_END).cast(pl.Int32) >= wanted.since)
    target = work / "table.parquet"
    try:
        table.sink_parquet(target)
    except pl.exceptions.PolarsError as error:
        raise DataError(
            "the table cannot be read to its end", file=source.id, value=str(error).splitlines()[0][:200],
            remedy="the file is damaged or its shape changed: see the source's page",
        ) from error  # fmt: skip
    return pl.scan_parquet(target)


def _kept(conditions: Mapping[str, tuple[str, ...]], columns: list[str], source: Source) -> pl.Expr:
    cells = {column_named(name, columns, source): values for name, values in conditions.items()}
    return pl.all_horizontal([pl.col(name).str.strip_chars().is_in(list(values)) for name, values in cells.items()])


def _joined(tables: Sequence[pl.LazyFrame], source: Source) -> pl.LazyFrame:
    """Tables of one shape, one below the other."""
    columns = tables[0].collect_schema().names()
    for table in tables[1:]:
        other = table.collect_schema().names()
        if other != columns:
            raise DataError(
                "the files of the archive have different headers", file=source.id,
                value=", ".join(sorted({*other} ^ {*columns})[:12]), remedy="correct `member` in the source file",
            )  # fmt: skip
    return pl.concat(tables)


def period_in(source: Source, names: Sequence[str]) -> str | None:
    """The period that one of ``names`` tells by the source's pattern; None where the source does not look there."""
    if source.period_pattern is None:
        return None
    for name in names:
        found = re.search(source.period_pattern, name)
        if found is not None:
            return found[1]
    raise DataError(
        "no name of the file tells its period", file=source.id, value=", ".join(names[:4]),
        remedy="the names changed: correct `period` in the source file",
    )  # fmt: skip


def _needed(source: Source, columns: list[str], wanted: Wanted) -> list[str]:
    """The columns to read; raises DataError with every one that is missing, its near names, and those that are new."""
    geography = source.geography
    declared = [geography.code, geography.level_column, source.period_column, source.value_column]
    required = [name for name in dict.fromkeys((*declared, *sorted(wanted.columns or ()))) if name is not None]
    missing = [name for name in required if not any(name == item or fnmatchcase(item, name) for item in columns)]
    if missing:
        shown: list[str] = []
        for name in missing:
            near = get_close_matches(name, columns, n=2, cutoff=0.5)
            shown.append(Message("{name} (now {near}?)", name=name, near=" | ".join(near)) if near else name)
        unknown = [item for item in columns if item not in required]
        raise DataError(
            Message(
                "the shape of the file changed: it lacks {missing} of {required} columns",
                missing=len(missing), required=len(required),
            ),
            file=source.id,
            column=missing[0],
            remedy=Message(
                "missing: {shown}. It has {unknown}. Correct the source file and the recipes once "
                "you have seen what changed",
                shown=shown, unknown=[*unknown[:20], *(['…'] if len(unknown) > 20 else [])],
            ),
        )  # fmt: skip
    if wanted.columns is None:
        return columns
    found = [column_named(name, columns, source) for name in required]
    optional = [name for name in (source.obs_status, source.conf_status) if name in columns]
    return list(dict.fromkeys(name for name in (*found, *optional) if name is not None))


def _read(source: Source, path: Path, work: Path) -> tuple[pl.LazyFrame, str | None]:
    """The file as text cells, and the name of the sheet where it is a workbook."""
    form = source.format
    with path.open("rb") as file:
        start = file.read(8)
    if start[:4] == b"PAR1":
        return _parquet(path), None
    if start[:4] == b"PK\x03\x04" or start == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        return _workbook(source, path)
    if form.get("type") == "json":
        return records(json_of(read_bytes(path), path.name), path.name), None
    return scan_text(path, form, work), None


def _parquet(path: Path) -> pl.LazyFrame:
    try:
        lazy = pl.scan_parquet(path)
        schema = lazy.collect_schema()
    except pl.exceptions.PolarsError as error:
        raise DataError("not a Parquet file that can be read", file=path.name, remedy="pull again") from error
    flat = [name for name, dtype in schema.items() if not dtype.is_nested() and dtype != pl.Binary]
    return lazy.select(pl.col(flat).cast(pl.String))


def _workbook(source: Source, path: Path) -> tuple[pl.LazyFrame, str]:
    form, data = source.format, read_bytes(path)
    kind = Kind.XLSX if data[:2] == b"PK" else Kind.XLS
    if kind is Kind.XLSX:
        check_zip(data, path.name)
    try:
        names: list[str] = fastexcel.read_excel(data).sheet_names
    except fastexcel.FastExcelError as error:
        raise DataError("not a workbook that can be read", file=path.name, remedy="pull again") from error
    sheet = _sheet(str(form.get("sheet", "*")), names, path.name)
    grid = read_sheet(data, kind, path.name, sheet)
    header = int(form.get("header_row", 1))
    rows = grid.frame.drop(grid.frame.columns[0])
    if rows.height < header:
        raise DataError("the sheet has no such row", file=path.name, row=header, remedy="correct `header_row`")
    labels: list[str] = []
    for at, cell in enumerate(rows.row(header - 1)):
        label = plain(cell)
        labels.append(label if label and label not in labels else grid.letters[at])
    body = rows[int(form.get("data_row", header + 1)) - 1 :]
    named = body.rename({cell_name(at): name for at, name in enumerate(labels)})
    return named.lazy(), sheet


def _sheet(pattern: str, names: Sequence[str], file: str) -> str:
    """The last, in order, of the sheets that ``pattern`` names."""
    found = sorted(name for name in names if fnmatchcase(name, pattern))
    if not found:
        raise DataError(
            "the workbook has no such sheet",
            file=file,
            value=pattern,
            remedy=Message("it has {sheets}", sheets=", ".join(map(repr, names))),
        )
    return found[-1]


def json_of(data: bytes, name: str) -> Any:
    """The JSON document ``data``, its numbers as they are written; raises DataError where it is not one."""
    try:
        return json.loads(data.decode("utf-8-sig"), parse_float=str, parse_int=str, parse_constant=str)
    except (ValueError, RecursionError) as error:
        raise DataError("not JSON", file=name, remedy="see what the service answers now") from error


def records(document: Any, name: str) -> pl.LazyFrame:
    """A list of records as text cells; what is nested is left out."""
    if not isinstance(document, list) or not all(isinstance(item, dict) for item in document):
        raise DataError("not a list of records", file=name, remedy="see what the service answers now")
    columns: dict[str, None] = {}
    for item in document:
        columns.update(dict.fromkeys(item))
    cells = {column: pl.Series([_cell(item.get(column)) for item in document], dtype=pl.String) for column in columns}
    return pl.LazyFrame(cells)


def _cell(value: Any) -> str | None:
    return value if isinstance(value, str) else str(value).lower() if isinstance(value, bool) else None
