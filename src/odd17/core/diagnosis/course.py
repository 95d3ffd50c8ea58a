"""The course of a figure over its periods, beside the same elsewhere: never across a break in the series.

A break is said by the status of the figure with which it begins (SDMX CL_OBS_STATUS, ``B``), or by the catalogue where
a source dates it. What lies before the last one is shown, and enters neither change nor slope.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import pairwise

import polars as pl

from odd17.core.indicators.series_break import SeriesBreak, begun_anew
from odd17.core.kernel import Estimate, ObsStatus, Period, Reason
from odd17.core.territories.territory import Territory

from .slope import Slope, theil_sen


class Hindrance(StrEnum):
    """Why a series has no slope."""

    TOO_FEW = "too_few"  # periods since the last break
    OVERLAPPING = "overlapping"  # periods share months, so that their scatter is not independent


@dataclass(frozen=True, slots=True)
class Middle:
    """The median of a level in a period, over the ``count`` territories that have a figure in every period."""

    value: float
    count: int
    breaks: bool = False


@dataclass(frozen=True, slots=True)
class Point:
    """A period: the figure here, those of ``Course.others`` in their order, and the level's median where it is known.

    ``anew``: by the catalogue, the series begins anew with this period, here and everywhere.
    """

    period: str
    estimate: Estimate
    others: tuple[Estimate, ...] = ()
    middle: Middle | None = None
    flags: tuple[Reason, ...] = ()
    anew: bool = False

    @property
    def breaks(self) -> bool:
        """Whether it may not be compared with what lies before."""
        return self.anew or self.estimate.obs_status is ObsStatus.BREAK

    @property
    def years(self) -> float:
        """The middle of the period, in years."""
        found = Period.parse(self.period)
        return (found.start + found.end) / 24


@dataclass(frozen=True, slots=True)
class Change:
    """From the oldest comparable period to the newest: the difference of the two figures, in their unit."""

    since: str
    until: str
    value: float


@dataclass(frozen=True, slots=True)
class Course:
    """A figure in every period in which something is known of it, oldest first.

    ``change`` and ``slope`` span the periods with a figure since the last break; without a slope, ``hindrance`` says
    why. ``known_breaks`` is what the catalogue says of the series.
    """

    points: tuple[Point, ...]
    others: tuple[Territory, ...] = ()
    change: Change | None = None
    slope: Slope | None = None
    hindrance: Hindrance | None = None
    known_breaks: tuple[SeriesBreak, ...] = ()

    @property
    def breaks(self) -> tuple[str, ...]:
        """The periods with which the series here begins anew, past the first."""
        return tuple(point.period for point in self.points[1:] if point.breaks)


def course(
    points: Sequence[Point], others: Sequence[Territory] = (), known_breaks: Sequence[SeriesBreak] = ()
) -> Course | None:
    """The course of ``points``, in any order, cut at dated breaks; None where fewer than two have a figure."""
    sorted_points = sorted(points, key=lambda point: Period.parse(point.period))
    anew = begun_anew([point.period for point in sorted_points], known_breaks)
    ordered = tuple(_begun(point) if point.period in anew else point for point in sorted_points)
    if sum(point.estimate.value is not None for point in ordered) < 2:
        return None
    own = [(point, point.estimate.value) for point in _comparable(ordered) if point.estimate.value is not None]
    change, slope, hindrance = None, None, None
    if len(own) > 1:
        (first, before), (last, now) = own[0], own[-1]
        change = Change(first.period, last.period, now - before)
    if _overlap([point.period for point, _value in own]):
        hindrance = Hindrance.OVERLAPPING
    else:
        slope = theil_sen([point.years for point, _value in own], [value for _point, value in own])
        hindrance = Hindrance.TOO_FEW if slope is None else None
    return Course(ordered, tuple(others), change, slope, hindrance, tuple(known_breaks))


def middles(observations: pl.DataFrame) -> dict[tuple[str, str], Middle]:
    """The medians of a level by indicator and period, over the territories with a figure in each of its periods.

    ``observations`` has ``territory``, ``indicator``, ``period``, ``value`` and ``obs_status``, of one level. A period
    in which most of them begin a series anew breaks the median too. None for an indicator whose periods no territory
    has all of.
    """
    valued = observations.filter(pl.col("value").is_not_null())
    steady = valued.filter(
        pl.col("period").n_unique().over("indicator", "territory") == pl.col("period").n_unique().over("indicator")
    )
    found = steady.group_by("indicator", "period").agg(
        median=pl.col("value").median(),
        count=pl.len(),
        broken=(pl.col("obs_status") == ObsStatus.BREAK.value).mean(),
    )
    return {
        (row["indicator"], row["period"]): Middle(row["median"], row["count"], row["broken"] > 0.5)
        for row in found.iter_rows(named=True)
    }


def _begun(point: Point) -> Point:
    middle = None if point.middle is None else replace(point.middle, breaks=True)
    return replace(point, anew=True, middle=middle)


def _comparable(points: Sequence[Point]) -> Sequence[Point]:
    """The points from the last break on."""
    starts = [at for at, point in enumerate(points) if point.breaks]
    return points[starts[-1] :] if starts else points


def _overlap(periods: Sequence[str]) -> bool:
    spans = sorted((found.start, found.end) for found in map(Period.parse, periods))
    return any(later[0] < before[1] for before, later in pairwise(spans))
