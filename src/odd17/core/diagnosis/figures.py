"""A figure here and elsewhere: the observation of a territory beside those of its parents and of chosen ones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl

from odd17.core.indicators.indicator import Indicator
from odd17.core.indicators.series_break import SeriesBreak
from odd17.core.kernel import ConfStatus, Estimate, ObsStatus, Period, Reason, ReasonCode
from odd17.core.territories.levels import Level
from odd17.core.territories.territory import Territory

from .course import Course, Middle, Point, course
from .reading import Comparison, Figure
from .selection import newest

_NO_ROW = Estimate(None, obs_status=ObsStatus.MISSING)
_QUALIFYING = (
    ObsStatus.ESTIMATED,
    ObsStatus.IMPUTED,
    ObsStatus.PROVISIONAL,
    ObsStatus.LOW_RELIABILITY,
    ObsStatus.INCLUDES_ANOTHER,
)
"""Statuses of a value that a reader must know of."""


class Cells:
    """A few territories' observations, found by territory, indicator and period."""

    def __init__(self, observations: pl.DataFrame) -> None:
        columns = ("territory", "indicator", "period", "value", "obs_status", "conf_status", "note")
        self._rows: dict[tuple[str, str, str], dict[str, Any]] = {
            (row["territory"], row["indicator"], row["period"]): row
            for row in observations.select(columns).iter_rows(named=True)
        }
        self._told: dict[tuple[str, str], list[str]] = {}
        for owner, indicator, period in self._rows:
            self._told.setdefault((owner, indicator), []).append(period)

    def estimate(self, territory: str, indicator: str, period: str) -> Estimate:
        """The figure; without a value, of status "missing", where there is no observation."""
        row = self._rows.get((territory, indicator, period))
        return _NO_ROW if row is None else estimate_of(row)

    def flags(self, territory: str, indicator: str, period: str) -> tuple[Reason, ...]:
        """What qualifies the observation."""
        row = self._rows.get((territory, indicator, period))
        return () if row is None else flags_of(row["obs_status"], row["note"])

    def latest(self, territory: str, indicator: str) -> str | None:
        """The newest period in which there is a row, with or without a value; None where there is none."""
        return newest(self.told(territory, indicator))

    def told(self, territory: str, indicator: str) -> list[str]:
        """The periods in which a territory has a row for an indicator, with or without a value."""
        return self._told.get((territory, indicator), [])

    def periods(self, territory: str) -> Mapping[str, list[str]]:
        """The periods in which a territory has a value, by indicator."""
        found: dict[str, list[str]] = {}
        for (owner, indicator, period), row in self._rows.items():
            if owner == territory and row["value"] is not None:
                found.setdefault(indicator, []).append(period)
        return found


def estimate_of(row: Mapping[str, Any]) -> Estimate:
    """The estimate that an observation's ``value``, ``obs_status`` and ``conf_status`` tell."""
    return Estimate(
        row["value"], obs_status=ObsStatus(row["obs_status"]), conf_status=ConfStatus(row["conf_status"] or "F")
    )


def flags_of(obs_status: str, note: str | None) -> tuple[Reason, ...]:
    """The flags of an observation: its note, and what its status says of the value.

    A break is no flag of a figure: it is told with the series (``course``).

    >>> [flag.code.value for flag in flags_of("V", None)], flags_of("P", None)[0].params
    (['transcribed_unverified'], {'status': 'P'})
    """
    flags = [] if note is None else [Reason(ReasonCode(note))]
    if obs_status == ObsStatus.UNVALIDATED and note != ReasonCode.TRANSCRIBED_UNVERIFIED:
        flags.append(Reason(ReasonCode.TRANSCRIBED_UNVERIFIED))
    if obs_status in _QUALIFYING:
        flags.append(Reason(ReasonCode.QUALIFIED, {"status": str(obs_status)}))
    return tuple(flags)


def figure(
    indicator: Indicator,
    period: str,
    not_scored: Reason | None,
    territory: Territory,
    parents: Sequence[Territory],
    chosen: Sequence[Territory],
    cells: Cells,
    middles: Mapping[tuple[str, str], Middle] | None = None,
    known_breaks: Sequence[SeriesBreak] = (),
) -> Figure:
    """The figure of ``territory`` in ``period``, with its comparisons in the same period.

    Compared are the nearest parent that has a value, then the country (metropolitan France where the territory lies in
    it and has a value, else France), then every chosen territory, with or without a value. ``history`` holds the
    territory's own values in other periods, and ``course`` all of them beside the nearest parent's, the country's and
    the medians of the level (``middles``, by indicator and period).
    """

    def compared(other: Territory) -> Comparison:
        return Comparison(other, cells.estimate(other.id, indicator.id, period))

    above = [comparison for parent in parents if (comparison := compared(parent)).estimate.value is not None]
    nearest = [comparison for comparison in above if not comparison.territory.level.is_single][:1]
    country = sorted(
        (comparison for comparison in above if comparison.territory.level.is_single),
        key=lambda comparison: comparison.territory.level is not Level.METROPOLITAN,
    )[:1]
    return Figure(
        indicator=indicator,
        period=period,
        estimate=cells.estimate(territory.id, indicator.id, period),
        comparisons=(*nearest, *country, *(compared(other) for other in chosen)),
        flags=cells.flags(territory.id, indicator.id, period),
        not_scored=not_scored,
        history=tuple(
            (older, cells.estimate(territory.id, indicator.id, older))
            for older in sorted(cells.periods(territory.id).get(indicator.id, ()), key=Period.parse)
            if older != period
        ),
        course=_course(
            indicator.id,
            territory,
            [comparison.territory for comparison in (*nearest, *country)],
            cells,
            middles or {},
            known_breaks,
        ),
    )


def _course(
    indicator: str,
    territory: Territory,
    others: Sequence[Territory],
    cells: Cells,
    middles: Mapping[tuple[str, str], Middle],
    known_breaks: Sequence[SeriesBreak],
) -> Course | None:
    points = [
        Point(
            period,
            cells.estimate(territory.id, indicator, period),
            tuple(cells.estimate(other.id, indicator, period) for other in others),
            middles.get((indicator, period)),
            cells.flags(territory.id, indicator, period),
        )
        for period in cells.told(territory.id, indicator)
    ]
    return course(points, others, known_breaks)
