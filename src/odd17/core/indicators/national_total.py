"""The figures of communes held against the total that their own source publishes.

An inventory that leaves zeros out gives no sign of rows that are lacking: a commune without row has none. Where its
source publishes larger territories too, their total tells.
"""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from odd17.core.kernel import DataError, Message, Period
from odd17.core.territories import Level

from .recipe import PROMISED, Term
from .source import Source
from .source_table import LEVEL, PERIOD
from .term import draw

_LARGER = (Level.COUNTRY, Level.REGION, Level.DEPARTEMENT)
"""Where the total is looked for: the first of these levels that has rows."""


def refuse_partial(
    drawn: Mapping[Term, pl.DataFrame], sources: Mapping[str, Source], tables: Mapping[str, pl.DataFrame | pl.LazyFrame]
) -> None:
    """Refuse a source that leaves zeros out, and whose communes (``drawn``) do not add up to its own total.

    Judged in the newest period, each term by itself; a source without larger territories cannot be judged. Raises
    DataError where the sum is under 95 % of the total, or over it by as much.
    """
    for term, communes in drawn.items():
        source = sources[term.source]
        if not source.absent_is_zero or term.count or term.times is not None or term.below is not None:
            continue
        total = _total(term, source, tables[term.source].lazy())
        if total is None:
            continue
        level, period, published = total
        found = _sum(communes.filter((pl.col(LEVEL) == Level.COMMUNE.value) & (pl.col(PERIOD) == period)))
        if published > 0 and not PROMISED <= found / published <= 2 - PROMISED:
            raise DataError(
                Message(
                    "the communes add up to {found:,.0f}, and the rows of level {level} to {published:,.0f}",
                    found=found, level=level.value, published=published,
                ),
                file=source.id, column=period,
                remedy="the file is not whole, or its codes changed: look at it before anything is kept",
            )  # fmt: skip


def _total(term: Term, source: Source, table: pl.LazyFrame) -> tuple[Level, str, float] | None:
    """The level, newest period and sum of the larger territories' rows; None where there are none."""
    for level in _LARGER:
        if level not in source.geography.published:
            continue
        rows = table.filter(pl.col(LEVEL) == level.value)
        if rows.head(1).collect().is_empty():
            continue
        larger = draw(term, source, rows, frozenset([level]))
        period = max(larger[PERIOD].unique(), key=Period.parse)
        return level, period, _sum(larger.filter(pl.col(PERIOD) == period))
    return None


def _sum(rows: pl.DataFrame) -> float:
    return float(rows.select(pl.col("value").sum()).item())
