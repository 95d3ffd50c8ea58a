"""How territories' ranks on one indicator alone moved between its oldest comparable period and its newest.

No choice of ours enters such a rank, so its move has no interval; the error of the figures themselves, where a source
tells it, is not counted. That of a domain, which depends on choices, is `odd17.core.diagnosis.trend`'s.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from odd17.core.indicators.series_break import SeriesBreak, begun_anew

from .trend import comparable

SHOWN = 5
"""Territories at each end."""


@dataclass(frozen=True, slots=True)
class IndicatorMove:
    """A territory's two figures and ranks; ``change`` below 0 is nearer to rank 1, the most fragile."""

    territory: str
    before: float
    after: float
    rank_before: int
    rank_after: int

    @property
    def change(self) -> int:
        """By how many places."""
        return self.rank_after - self.rank_before


@dataclass(frozen=True, slots=True)
class IndicatorMoves:
    """The largest moves from ``since`` to ``until`` among the ``of`` peers that have both figures, the largest first.

    ``left_out`` peers have a figure in the newest period and none that may be compared with it.
    """

    since: str
    until: str
    of: int
    left_out: int
    nearer: tuple[IndicatorMove, ...]
    further: tuple[IndicatorMove, ...]


def indicator_moves(
    observations: pl.DataFrame,
    periods: Sequence[str],
    *,
    descending: bool,
    breaks: Sequence[SeriesBreak] = (),
) -> IndicatorMoves | None:
    """The moves of one indicator among the peers of ``observations``; None where fewer than two can be compared.

    ``observations`` has the columns of ``OBSERVATIONS``, ``periods`` are those with a value, oldest first, and
    ``descending`` tells whether the highest figure has rank 1. A break in the series is not bridged, nor
    any of those that the catalogue dates (``breaks``).
    """
    if len(periods) < 2:
        return None
    code = observations["indicator"][0]
    since, parted = comparable(observations.lazy(), {code: periods}, {code: begun_anew(periods, breaks)})
    if code not in since:
        return None
    valued = observations.filter(pl.col("value").is_not_null())
    then, now = (
        valued.filter(pl.col("period") == period).select("territory", pl.col("value").alias(name))
        for period, name in ((since[code], "before"), (periods[-1], "after"))
    )
    both = now.join(then, on="territory").join(parted, on="territory", how="anti")
    if both.height < 2:
        return None
    ranked = both.with_columns(
        rank_before=pl.col("before").rank("min", descending=descending),
        rank_after=pl.col("after").rank("min", descending=descending),
    ).with_columns(change=pl.col("rank_after").cast(pl.Int64) - pl.col("rank_before").cast(pl.Int64))
    columns = ("territory", "before", "after", "rank_before", "rank_after")

    def largest(kept: pl.Expr, *, downwards: bool) -> tuple[IndicatorMove, ...]:
        found = ranked.filter(kept).sort("change", "territory", descending=[downwards, False]).head(SHOWN)
        return tuple(IndicatorMove(*row) for row in found.select(columns).iter_rows())

    return IndicatorMoves(
        since=since[code],
        until=periods[-1],
        of=both.height,
        left_out=now.height - both.height,
        nearer=largest(pl.col("change") < 0, downwards=False),
        further=largest(pl.col("change") > 0, downwards=True),
    )
