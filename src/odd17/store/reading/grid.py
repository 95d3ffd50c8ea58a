"""A file as rows and columns of text, before its header is known; and the table that the header makes of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches

import polars as pl

from odd17.core.indicators.intake import LEVEL, ROW, Dataset, Table
from odd17.core.kernel import DataError, Message

_HEAD_ROWS = 100
_LISTED_COLUMNS = 12


@dataclass(frozen=True, slots=True)
class Grid:
    """Rows of text cells: ``ROW`` (from 1, as a spreadsheet counts) and one column per letter of ``letters``."""

    frame: pl.DataFrame
    letters: list[str]


def cell_name(at: int) -> str:
    """The name that a grid gives its column at ``at``."""
    return f"\x00{at}"


def plain(cell: str | None) -> str:
    """A header cell without the spaces and line ends that print beside its words.

    >>> plain(" Taux de\\n pauvreté ")
    'Taux de pauvreté'
    """
    return " ".join((cell or "").split())


def table_of(grid: Grid, name: str, dataset: Dataset) -> Table:
    """The table in ``grid``: its header names the columns (letters where it does not), its sections give levels.

    Raises DataError where the header, a section or a column that the dataset needs is not there.
    """
    frame = grid.frame
    if dataset.territories.sections:
        parts = [_part(rows, grid, name, dataset) for rows in _sections(frame, name, dataset)]
        levels = [section.level.value for section in dataset.territories.sections]
        tables = [
            checked(Table(part), name, dataset).frame.with_columns(pl.lit(level).alias(LEVEL))
            for part, level in zip(parts, levels, strict=True)
        ]
        # columns that the dataset does not need may differ from one section to the next
        return Table(pl.concat(tables, how="diagonal"))
    start = _header_position(grid, name, dataset)
    return checked(Table(_until(_part(frame[start:], grid, name, dataset), dataset)), name, dataset)


def checked(table: Table, name: str, dataset: Dataset) -> Table:
    """``table``; raises DataError where a column that the dataset needs is absent, with near names."""
    for column, key in dataset.columns.items():
        if column not in table.names:
            near = get_close_matches(column, table.names, n=1)
            hint = Message("did you mean {near!r}? ", near=near[0]) if near else ""
            shown = ", ".join(repr(item) for item in table.names[:_LISTED_COLUMNS])
            raise DataError(
                "the file has no such column", file=name, column=column,
                remedy=Message(
                    "{hint}Correct `{key}` in the dataset file. The file has {shown}",
                    hint=hint, key=key, shown=shown,
                ),
            )  # fmt: skip
    return table


def _sections(frame: pl.DataFrame, name: str, dataset: Dataset) -> Iterator[pl.DataFrame]:
    """For each section, the rows from its header on, without those that follow its data."""
    starts: list[int] = []
    cells = [column for column in frame.columns if column != ROW]
    for section in dataset.territories.sections:
        is_title = pl.any_horizontal(
            [pl.col(column).fill_null("").str.strip_chars() == section.title for column in cells]
        )
        found = frame.select(is_title.arg_true()).to_series().to_list()
        found = [position for position in found if not starts or position > starts[-1]]
        if not found:
            raise DataError(
                "no cell has the title of this section", file=name, value=section.title,
                remedy="write the title as it stands in the sheet, sections in their order",
            )  # fmt: skip
        starts.append(found[0])
    blank = pl.all_horizontal([pl.col(column).fill_null("").str.strip_chars() == "" for column in cells])
    for start, end in zip(starts, [*starts[1:], frame.height], strict=True):
        rows = frame[start + 1 : end]
        empty = rows.select(blank.alias("blank"))["blank"].to_list()
        first = next((at for at, is_blank in enumerate(empty) if not is_blank), len(empty))
        body = first + dataset.form.header_rows
        last = next((at for at in range(body, len(empty)) if empty[at]), len(empty))
        yield _until(rows[first:last], dataset)


def _until(rows: pl.DataFrame, dataset: Dataset) -> pl.DataFrame:
    """``rows`` before the first one whose first written cell begins by the text that ends the data."""
    if dataset.form.until is None:
        return rows
    cells = [
        pl.col(column).str.strip_chars().replace("", None) for column in rows.columns if column not in (ROW, LEVEL)
    ]
    ends = rows.select(pl.coalesce(cells).fill_null("").str.starts_with(dataset.form.until).alias("end"))[
        "end"
    ].arg_true()
    return rows[: ends[0]] if ends.len() else rows


def _header_position(grid: Grid, name: str, dataset: Dataset) -> int:
    form, wanted = dataset.form, dataset.territories.column
    if form.header_row is not None:
        found = grid.frame.with_row_index("\x00at").filter(pl.col(ROW) == form.header_row)["\x00at"].to_list()
        if not found:
            raise DataError("the file has no such row", file=name, row=form.header_row, remedy="correct `header_row`")
        return int(found[0])
    if form.header_rows == 0:
        return 0
    seen: list[str] = []
    for at, row in enumerate(grid.frame.drop(ROW).head(_HEAD_ROWS).iter_rows()):
        cells = [plain(cell) for cell in row]
        if wanted in cells:
            return at
        if sum(map(bool, cells)) > sum(map(bool, seen)):
            seen = cells
    near = get_close_matches(wanted, seen, n=1)
    hint = Message("did you mean {near!r}? ", near=near[0]) if near else ""
    shown = ", ".join(repr(cell) for cell in seen[:_LISTED_COLUMNS])
    raise DataError(
        Message("no row among the first {head_rows} has this column", head_rows=_HEAD_ROWS), file=name, column=wanted,
        remedy=Message(
            "{hint}Name the column of codes in the dataset file, or the `header_row`. The widest row " "has {shown}",
            hint=hint, shown=shown,
        ),
    )  # fmt: skip


def _part(rows: pl.DataFrame, grid: Grid, name: str, dataset: Dataset) -> pl.DataFrame:
    """The rows below their header, columns renamed by it."""
    count = dataset.form.header_rows
    header = rows.drop(ROW)[:count].rows()
    names = [_joined([row[at] for row in header], header, at) for at in range(len(grid.letters))]
    needed, taken = set(dataset.columns), set()
    final: list[str] = []
    for label, letter in zip(names, grid.letters, strict=True):
        if label in taken and label in needed:
            raise DataError(
                "two columns have this name", file=name, column=label,
                remedy="name one of them anew, or call the columns by letters (header_rows: 0, and header_row)",
            )  # fmt: skip
        chosen = label if label and label not in taken else letter
        taken.add(chosen)
        final.append(chosen)
    renamed = dict(zip([cell_name(at) for at in range(len(final))], final, strict=True))
    return rows[count:].rename(renamed)


def _joined(cells: list[str | None], header: list[tuple[str | None, ...]], at: int) -> str:
    """The name of a column under several header rows: a merged cell speaks for the columns to its right."""
    parts: list[str] = []
    for depth, cell in enumerate(cells):
        text = plain(cell)
        if not text and depth < len(cells) - 1 and plain(cells[-1]):
            text = next((plain(header[depth][left]) for left in range(at, -1, -1) if plain(header[depth][left])), "")
        if text:
            parts.append(text)
    return " / ".join(parts)
