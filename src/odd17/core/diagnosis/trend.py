"""Change over time: how a rank moved between the oldest comparable period and the newest, among the same peers.

Both ranks are those among the peers that have a score in both periods: a territory does not fall because another came
in. A break in a series (SDMX status ``B``, or dated by the catalogue) is never bridged: where the series of most peers
begin anew, what lies before is left out; where those of a few do, these peers are. Where several indicators make the
score, the move is drawn again with the same weights, scales and means in both periods, so that its interval holds what
those choices would make of the *move*.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

import numpy as np
import polars as pl

from odd17.core.indicators.pipeline import Fit, run
from odd17.core.indicators.rank import ranks
from odd17.core.indicators.stage import FloatArray, Inputs, IntArray
from odd17.core.indicators.uncertainty import Uncertainty
from odd17.core.indicators.uncertainty_ranges import UncertaintyRanges
from odd17.core.kernel import ObsStatus, Period

from .rank_intervals import branch, choices_of, decided_alone

CHANGES: dict[str, type[pl.DataType] | pl.DataType] = {
    "territory": pl.String,
    "since": pl.String,
    "rank_change": pl.Int32,
    "rank_change_low": pl.Int32,
    "rank_change_high": pl.Int32,
}
"""The columns of a change: below 0 where the territory came nearer to rank 1, the most fragile."""


def comparable(
    own: pl.LazyFrame, periods: Mapping[str, Sequence[str]], anew: Mapping[str, Collection[str]]
) -> tuple[dict[str, str], pl.DataFrame]:
    """The oldest period of each indicator that no break parts from the newest, and the peers whose own breaks do.

    ``own`` are the peers' observations and ``periods`` all the periods of each indicator, oldest first; indicators
    without an older comparable period are left out. Most peers' series break with a period, or the catalogue says that
    all do with those of ``anew``. The second gives the peers whose own series breaks since
    (``territory``, ``indicator``).
    """
    told = (
        own.filter(pl.col("indicator").is_in(list(periods)) & pl.col("value").is_not_null())
        .select("territory", "indicator", "period", breaks=pl.col("obs_status") == ObsStatus.BREAK.value)
        .collect()
    )
    shares = told.group_by("indicator", "period").agg(pl.col("breaks").mean())
    most = set(shares.filter(pl.col("breaks") > 0.5).select("indicator", "period").iter_rows())
    since: dict[str, str] = {}
    parted = [pl.DataFrame(schema={"territory": pl.String, "indicator": pl.String})]
    for code, all_of_them in periods.items():
        starts = [at for at, period in enumerate(all_of_them) if (code, period) in most or period in anew.get(code, ())]
        kept = all_of_them[starts[-1] if starts else 0 :]
        if len(kept) < 2:
            continue
        since[code] = kept[0]
        later = pl.col("breaks") & (pl.col("indicator") == code) & pl.col("period").is_in(list(kept[1:]))
        parted.append(told.filter(later).select("territory", "indicator").unique())
    return since, pl.concat(parted)


def rank_changes(
    fit: Fit,
    earlier: FloatArray,
    periods: Mapping[str, str],
    ranges: UncertaintyRanges,
    *,
    nodes: Collection[str],
    replicates: int,
    drawn: bool,
) -> dict[str, pl.DataFrame]:
    """For each of ``nodes`` whose every indicator has an earlier period, the change of each rank (columns ``CHANGES``).

    ``earlier`` are the values of the indicators of ``fit`` in their oldest period (peers × indicators, NaN where there
    is none) and ``periods`` those periods, for the indicators that have one. Without ``drawn``, only nodes that a
    single indicator decides are reckoned: their change depends on no choice.
    """
    alone = decided_alone(fit.frame)
    found: dict[str, pl.DataFrame] = {}
    for node in fit.frame.codes:
        if node not in nodes or not (drawn or node in alone):
            continue
        now = branch(fit, node)
        if not all(code in periods for code in now.frame.indicators):
            continue
        columns = [fit.inputs.raw.columns.index(code) for code in now.inputs.raw.columns]
        then = _over(now, np.asfortranarray(earlier[:, columns]))
        both = np.flatnonzero(~np.isnan(_score(now)) & ~np.isnan(_score(then)))
        if len(both) < 2:
            continue
        since = min((periods[code] for code in now.frame.indicators), key=Period.parse)
        moves = _moves(_kept(now, both), _kept(then, both), ranges, 0 if node in alone else replicates)
        units = [now.inputs.raw.units[row] for row in both.tolist()]
        found[node] = pl.DataFrame({"territory": units, "since": [since] * len(units), **moves}, schema=CHANGES)
    return found


def _over(fit: Fit, values: FloatArray) -> Fit:
    inputs = Inputs(replace(fit.inputs.raw, values=values), {})
    return Fit(fit.frame, fit.steps, inputs, run(fit.frame, fit.steps, inputs))


def _kept(fit: Fit, rows: IntArray) -> Fit:
    raw = fit.inputs.raw
    smaller = replace(
        raw,
        units=tuple(raw.units[row] for row in rows.tolist()),
        rows=np.arange(len(rows), dtype=np.int64),
        values=np.asfortranarray(raw.values[rows]),
    )
    return Fit(fit.frame, fit.steps, Inputs(smaller, {}), run(fit.frame, fit.steps, Inputs(smaller, {})))


def _score(fit: Fit) -> FloatArray:
    stage = fit.run.stages[-1]
    # rounded as scores are: sums in another order must not break a tie
    return stage.values[:, stage.columns.index(fit.frame.root)].round(9)


def _moves(now: Fit, then: Fit, ranges: UncertaintyRanges, replicates: int) -> dict[str, IntArray]:
    move = (ranks(_score(now)) - ranks(_score(then))).astype(np.int64)
    if replicates == 0:
        return {"rank_change": move, "rank_change_low": move, "rank_change_high": move}
    # the same seed draws the same weights, scales and means for both periods
    after, before = (
        Uncertainty(fit, choices_of(fit, ranges), n=replicates, seed=ranges.seed)
        .replicated(fit.frame.root)
        .kept.astype(np.int32)
        for fit in (now, then)
    )
    low, high = np.quantile(
        after - before, [(1 - ranges.level) / 2, (1 + ranges.level) / 2], axis=0, method="inverted_cdf"
    )
    return {"rank_change": move, "rank_change_low": low.astype(np.int64), "rank_change_high": high.astype(np.int64)}
