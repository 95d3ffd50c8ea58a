"""The periods that cells of a file name, and what speaks against them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeVar

import polars as pl

from odd17.core.kernel import Message, Period

from .dataset import Dataset
from .finding import Finding, Severity
from .table import ROW

_NAMES = {"annee", "année", "an", "year", "periode", "période", "period", "time_period"}


_Text = TypeVar("_Text", pl.Expr, pl.Series)


def period_text(cell: _Text) -> _Text:
    """The text of a period cell: trimmed, and two years joined by a hyphen written as a span (``1999/2009``)."""
    return cell.fill_null("").str.strip_chars().str.replace(r"^(\d{4}) ?[-–] ?(\d{4})$", "${1}/${2}")


def is_period(text: str) -> bool:
    """Whether ``text`` names a period.

    >>> is_period("2019-Q1"), is_period("1er janvier 2014")
    (True, False)
    """
    try:
        Period.parse(text)
    except ValueError:
        return False
    return True


def check_period_column(frame: pl.DataFrame, column: str, values: str) -> Iterator[Finding]:
    """Findings on the periods in ``column``: unreadable, absent beside a value (of the column ``values``), mixed."""
    cells = frame.select(
        ROW, period_text(pl.col(column)).alias("period"), pl.col(values).fill_null("").str.strip_chars().alias("value")
    )
    distinct = cells["period"].unique().sort().to_list()
    wrong = [text for text in distinct if text and not is_period(text)]
    for text in wrong[:5]:
        rows = cells.filter(pl.col("period") == text)[ROW]
        yield Finding(
            "not a period", row=rows[0], column=column, value=text, count=rows.len(),
            remedy="write 2019, 2019-Q1, 2019-S1, 2019-03 or 2014/2019, or state the period in the dataset file",
        )  # fmt: skip
    bare = cells.filter((pl.col("period") == "") & (pl.col("value") != ""))[ROW]
    if bare.len():
        yield Finding(
            "the row has a figure and no period", row=bare[0], column=column, count=bare.len(),
            remedy="write the period in the file, or state it in the dataset file",
        )  # fmt: skip
    yield from check_kinds([text for text in distinct if text and text not in wrong], column)


def check_kinds(periods: Iterable[str], column: str) -> Iterator[Finding]:
    """A finding where ``periods`` are of several lengths: years and quarters of one indicator do not compare."""
    kinds: dict[str, str] = {}
    for text in periods:
        period = Period.parse(text)
        kinds.setdefault("span" if "/" in text else str(period.end - period.start), text)
    if len(kinds) > 1:
        yield Finding(
            "two kinds of periods are mixed", column=column, value=", ".join(sorted(kinds.values())),
            remedy="import each kind as an indicator of its own, or keep the rows of one kind",
        )  # fmt: skip


def check_constant(frame: pl.DataFrame, names: Iterable[str], dataset: Dataset) -> Iterator[Finding]:
    """Findings where the dataset file states one period and a column of the file that it does not use states others."""
    stated = {measure.period for measure in dataset.all_measures if measure.period is not None}
    for name in names:
        if len(stated) != 1 or name.strip().lower() not in _NAMES or name in (*dataset.columns, *dataset.form.ignored):
            continue
        found = [
            text for text in frame[name].to_frame().select(period_text(pl.col(name)))[name].unique().sort() if text
        ]
        if not found or not all(len(text) < 20 and is_period(text) for text in found) or set(found) == stated:
            continue
        odd = next(text for text in found if text not in stated)
        row = frame.filter(period_text(pl.col(name)) == odd)[ROW][0]
        yield Finding(
            Message(
                "two periods are mixed in the file: it has {found}, and the dataset file says {stated}"
                if len(found) > 1
                else "the file is of another period: it has {found}, and the dataset file says {stated}",
                found=found[:5], stated=list(stated),
            ),
            row=row, column=name, value=odd,
            remedy=Message(
                "write `period: {{column: {name}}}`, or correct the dataset file; if the column says "
                "nothing of the figures, write `ignored: [{name}]` under `file`",
                name=name,
            ),
        )  # fmt: skip


def absent_with_value(column: str, rows: pl.Series) -> Finding:
    """The warning that rows with neither period nor figure are left out of an indicator."""
    return Finding(
        "the row has neither period nor figure, and is left out", row=rows[0], column=column, count=rows.len(),
        severity=Severity.WARNING, remedy="state the period in the dataset file to keep the absence",
    )  # fmt: skip
