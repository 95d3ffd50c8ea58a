"""From parsed columns to the tidy table of observations, a block of territories at a time, already in order."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import numpy as np
import polars as pl

from odd17.core.indicators.observations import OBSERVATIONS
from odd17.core.kernel import Message

from .cells import Cells
from .dataset import Dataset
from .finding import Finding
from .table import LEVEL, ROW, TERRITORY

BLOCK = 50_000
"""About how many observations a block has: a file of millions never stands whole in memory."""

ORDER = ("level", "territory", "indicator", "period")
"""The columns by which observations are sorted."""


def tidy_blocks(cells: Cells, dataset: Dataset) -> Iterator[pl.DataFrame]:
    """The observations in blocks, in the order of ``ORDER`` from the first to the last row of the last block."""
    frame = cells.frame.sort(LEVEL, TERRITORY, maintain_order=True)
    if frame.is_empty():
        return
    rows = max(1, BLOCK // len(dataset.all_measures))
    starts = np.flatnonzero(frame[TERRITORY].ne_missing(frame[TERRITORY].shift(1)).to_numpy())
    # a block ends where a territory does, so that sorting each block sorts the whole
    wanted = np.searchsorted(starts, np.arange(0, frame.height, rows))
    edges = sorted({int(starts[at]) for at in wanted if at < len(starts)} | {0, frame.height})
    for low, high in pairwise(edges):
        yield tidy(frame[low:high], cells, dataset)


def tidy(frame: pl.DataFrame, cells: Cells, dataset: Dataset) -> pl.DataFrame:
    """The observations of the rows of ``frame`` (columns as in ``Cells``, sorted by territory), sorted."""
    measures, height = dataset.all_measures, frame.height
    in_order = sorted(range(len(measures)), key=lambda at: (measures[at].indicator, measures[at].period or ""))
    # measures follow each other within a row: already the final order, where no period and no indicator is in a cell
    row = np.repeat(np.arange(height), len(measures))
    measure = np.tile(np.array(in_order), height)
    flat = measure * height + row

    def stacked(letter: str) -> pl.Series | None:
        names = [f"{letter}{at}" for at in range(len(measures))]
        return frame.select(names).unpivot()["value"].gather(flat) if names[0] in frame.columns else None

    def constant(values: list[str | None]) -> pl.Series:
        return pl.Series(values, dtype=pl.String).gather(measure)

    status, indicator, period = stacked("s"), stacked("i"), stacked("p")
    if status is None:
        raise ValueError("the frame has no status")
    absent = pl.lit(None, pl.Float64)
    numerator, denominator = stacked("n"), stacked("d")
    observed = pl.DataFrame(
        {"territory": frame[TERRITORY].gather(row), "level": frame[LEVEL].gather(row)}
    ).with_columns(
        vintage=pl.lit(dataset.territories.vintage, pl.Int16),
        indicator=constant([item.indicator for item in measures]) if indicator is None else indicator,
        period=constant([item.period for item in measures]) if period is None else period,
        value=stacked("v"),
        numerator=absent if numerator is None else numerator,
        denominator=absent if denominator is None else denominator,
        obs_status=pl.Series([obs.value for obs, _ in cells.statuses]).gather(status),
        conf_status=pl.Series([conf.value for _, conf in cells.statuses]).gather(status),
        source=pl.lit(dataset.id),
        note=pl.lit(None, pl.String),
    )
    if status.null_count():
        observed = observed.filter(status.is_not_null())
    observed = observed.select(list(OBSERVATIONS))
    return observed if indicator is None and period is None else observed.sort(ORDER)


def duplicates(cells: Cells, dataset: Dataset) -> Iterator[Finding]:
    """A finding for each group of columns that gives one territory two values of one indicator and period."""
    column = dataset.territories.column
    measures = dataset.all_measures
    if dataset.long is not None:
        measure = measures[0]
        keys = [TERRITORY, "i0"] + (["p0"] if measure.period_column is not None else [])
        yield from _repeated(cells.frame.select(ROW, *keys), keys, column)
        return
    if any(measure.period_column is None for measure in measures):
        yield from _repeated(cells.frame.select(ROW, TERRITORY), [TERRITORY], column)
    by_indicator: dict[str, list[int]] = {}
    for at, measure in enumerate(measures):
        by_indicator.setdefault(measure.indicator, []).append(at)
    for positions in by_indicator.values():
        if not any(measures[at].period_column for at in positions):
            continue
        stacked = pl.concat(
            [
                cells.frame.filter(pl.col(f"s{at}").is_not_null()).select(
                    ROW, TERRITORY, pl.col(f"p{at}").alias("period")
                )
                for at in positions
            ]
        )
        yield from _repeated(stacked, [TERRITORY, "period"], column)


def _repeated(frame: pl.DataFrame, keys: list[str], column: str) -> Iterator[Finding]:
    # by hash first: it is seldom that anything stands twice, and three texts a row are costly to compare
    alike = frame.select(pl.struct(keys).hash())[keys[0]].is_duplicated()
    if not alike.any():
        return
    twice = frame.filter(alike).filter(pl.struct(keys).is_duplicated())
    if twice.is_empty():
        return
    grouped = twice.group_by(keys, maintain_order=True).agg(pl.col(ROW))
    for row in grouped.head(5).iter_rows(named=True):
        others = row[ROW][:3]
        about = ", ".join(str(row[key]) for key in keys)
        yield Finding(
            Message(
                "duplicate key: {about} stands in rows {others}",
                about=about, others=others,
            ),
            row=row[ROW][1], column=column, value=row[keys[0]],
            remedy="keep one of the rows; if they are of several periods, say in which column the period stands",
        )  # fmt: skip
    if grouped.height > 5:
        rows = grouped.row(5, named=True)
        yield Finding(
            "more duplicate keys", row=rows[ROW][1], column=column, value=rows[keys[0]], count=grouped.height - 5,
            remedy="correct the first ones, then check again",
        )  # fmt: skip
