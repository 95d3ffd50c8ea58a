"""An indicator's card: where it has figures, how they are distributed, and what its checks say."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

import numpy as np
import polars as pl

from odd17.core.indicators.indicator import Direction, Indicator
from odd17.core.indicators.series_break import SeriesBreak, begun_anew
from odd17.core.indicators.staleness import age, staleness
from odd17.core.kernel import Absence, ConfStatus, Estimate, ObsStatus, Period, Reason, ReasonCode, absence_of
from odd17.core.territories import Cog
from odd17.core.territories.levels import Level
from odd17.core.territories.territory import Territory

from .consistency import Check
from .figures import estimate_of, flags_of
from .selection import newest

QUANTILES: Final = (0.0, 0.1, 0.25, 0.5, 0.75, 0.9, 1.0)
"""The probabilities at which a distribution is read."""

EXTREMES: Final = 5
"""How many territories stand at each end of a level."""


@dataclass(frozen=True, slots=True)
class Distribution:
    """How the values of a level are spread. ``quantiles`` are keyed by probability (``QUANTILES``).

    ``counts[i]`` values lie between ``edges[i]`` and ``edges[i + 1]``; the last class includes its upper edge.
    """

    quantiles: Mapping[float, float]
    edges: tuple[float, ...]
    counts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class PeriodSummary:
    """A period of a level: the quartiles over the ``count`` territories that have a value in every period shown.

    ``breaks``: most of them begin a series anew with it, so that it is not to be compared with what lies before.
    """

    period: str
    count: int
    lower: float
    median: float
    upper: float
    breaks: bool = False


@dataclass(frozen=True, slots=True)
class LevelCoverage:
    """One level of an indicator: ``present`` of ``total`` territories have a value in ``period``, its newest there.

    ``absences`` counts the others by kind; ``highest`` and ``lowest`` are the extreme values, the most extreme first
    (none for a level of a single territory).
    """

    level: Level
    period: str
    periods: tuple[str, ...]
    present: int
    total: int
    absences: Mapping[Absence, int]
    distribution: Distribution
    highest: tuple[tuple[Territory, Estimate], ...]
    lowest: tuple[tuple[Territory, Estimate], ...]
    age: int | None = None  # months from the end of the period to the day of the release
    stale: Reason | None = None
    over_time: tuple[PeriodSummary, ...] = ()  # oldest first; none where there is one period


@dataclass(frozen=True, slots=True)
class IndicatorCard:
    """All that odd17 says of one indicator in one release; ``levels`` holds those with at least one value.

    ``not_scored`` is what keeps it out of every score (direction, check); ``flags`` qualify its figures.
    """

    release: str
    indicator: Indicator
    levels: tuple[LevelCoverage, ...]
    checks: tuple[Check, ...]
    flags: tuple[Reason, ...]
    not_scored: Reason | None


def draw_card(
    *,
    release: str,
    indicator: Indicator,
    cog: Cog,
    observations: pl.DataFrame,
    checks: Sequence[Check],
    periodicity: str | None = None,
    day: date | None = None,
    breaks: Sequence[SeriesBreak] = (),
) -> IndicatorCard:
    """The card of ``indicator`` from all its ``observations`` in the release; ``checks`` may be those of any.

    Ages are those on ``day``, None where they are not judged; ``breaks`` are those that the catalogue knows.
    """
    own = tuple(check for check in checks if check.indicator == indicator.id)
    known = observations.filter(pl.col("territory").is_in(cog.table["id"].to_list()))
    coverages = tuple(
        _aged(coverage, periodicity, day)
        for level in Level
        if (coverage := _coverage(level, known.filter(pl.col("level") == level.value), cog, breaks)) is not None
    )
    kinds = known.select("obs_status", "note").unique().sort("obs_status", "note").iter_rows()
    flags = {flag.code: flag for kind in kinds for flag in flags_of(*kind)}
    not_scored = next((check.reason for check in own if not check.passed), None)
    if indicator.direction is Direction.UNKNOWN:
        not_scored = Reason(ReasonCode.DIRECTION_UNKNOWN)
    old = [coverage.stale for coverage in coverages if coverage.stale is not None]
    if old and len(old) == len(coverages):
        flags[ReasonCode.OUT_OF_DATE] = min(old, key=_months)
    return IndicatorCard(release, indicator, coverages, own, tuple(flags.values()), not_scored)


def _aged(coverage: LevelCoverage, periodicity: str | None, day: date | None) -> LevelCoverage:
    if day is None:
        return coverage
    return replace(coverage, age=age(coverage.period, day), stale=staleness(coverage.period, periodicity, day))


def _months(reason: Reason) -> int:
    months = reason.params["months"]
    return months if isinstance(months, int) else 0


def distribution(values: Sequence[float]) -> Distribution:
    """Quantiles (linear between values) and a histogram in ⌈log₂ n⌉ + 1 classes of equal width (Sturges, 1926).

    Raises ValueError where there is no value.

    >>> distribution([1.0, 2.0, 3.0, 5.0]).counts
    (2, 1, 1)
    """
    if len(values) == 0:
        raise ValueError("a distribution needs at least one value")
    numbers = np.asarray(values, dtype=np.float64)
    classes = 1 if numbers.min() == numbers.max() else math.ceil(math.log2(len(numbers))) + 1
    counts, edges = np.histogram(numbers, bins=classes)
    quantiles = dict(zip(QUANTILES, np.quantile(numbers, QUANTILES).tolist(), strict=True))
    return Distribution(quantiles, tuple(edges.tolist()), tuple(counts.tolist()))


def _coverage(level: Level, rows: pl.DataFrame, cog: Cog, breaks: Sequence[SeriesBreak]) -> LevelCoverage | None:
    periods = tuple(sorted(rows.filter(pl.col("value").is_not_null())["period"].unique(), key=Period.parse))
    period = newest(periods)
    if period is None:
        return None
    current = rows.filter(pl.col("period") == period)
    valued = current.filter(pl.col("value").is_not_null()).sort("value", "territory")
    total = len(cog.at(level))
    absences: dict[Absence, int] = {}
    stated = current.filter(pl.col("value").is_null()).group_by("obs_status", "conf_status").len()
    for obs_status, conf_status, count in stated.iter_rows():
        kind = absence_of(ObsStatus(obs_status), ConfStatus(conf_status))
        absences[kind] = absences.get(kind, 0) + count
    silent = total - current.height
    if silent > 0:  # no row at all
        absences[Absence.NOT_AVAILABLE] = absences.get(Absence.NOT_AVAILABLE, 0) + silent
    ends = valued.clear() if level.is_single else valued
    return LevelCoverage(
        level=level,
        period=period,
        periods=periods,
        present=valued.height,
        total=total,
        absences={kind: absences[kind] for kind in Absence if kind in absences},
        distribution=distribution(valued["value"].to_list()),
        highest=_named(ends.sort("value", "territory", descending=[True, False]).head(EXTREMES), cog),
        lowest=_named(ends.head(EXTREMES), cog),
        over_time=_over_time(rows, periods, breaks),
    )


def _over_time(rows: pl.DataFrame, periods: Sequence[str], known: Sequence[SeriesBreak]) -> tuple[PeriodSummary, ...]:
    """The periods of a level, over the same territories in each; none where fewer than two periods share any."""
    valued = rows.filter(pl.col("value").is_not_null())
    steady = valued.filter(pl.col("period").n_unique().over("territory") == len(periods))
    if len(periods) < 2 or steady.is_empty():
        return ()
    anew = begun_anew(periods, known)
    summaries = []
    for period in periods:
        rows_then = steady.filter(pl.col("period") == period)
        values = rows_then["value"].to_numpy()
        lower, median, upper = np.quantile(values, (0.25, 0.5, 0.75)).tolist()
        breaks = period in anew or (rows_then["obs_status"] == ObsStatus.BREAK.value).sum() > len(values) / 2
        summaries.append(PeriodSummary(period, len(values), lower, median, upper, breaks))
    return tuple(summaries)


def _named(rows: pl.DataFrame, cog: Cog) -> tuple[tuple[Territory, Estimate], ...]:
    return tuple((cog[row["territory"]], estimate_of(row)) for row in rows.iter_rows(named=True))
