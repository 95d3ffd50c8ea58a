"""Read indicators of a territory before, during and after something that was done there, beside its twins."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

import polars as pl

from odd17.core.alliances.contribution import Reading, contribution
from odd17.core.diagnosis.course import Point
from odd17.core.diagnosis.figures import Cells
from odd17.core.kernel import UsageError
from odd17.core.territories.territory import Territory
from odd17.publishing.charts.contribution import contribution_chart
from odd17.publishing.charts.lines import course_svg
from odd17.publishing.exports import contribution_table
from odd17.store.releases import Release

from .export import FileFormat, written
from .twins import twins

TWINS: Final = 5
"""Beside which a territory is read."""


def contribution_readings(
    release: Release, territory: Territory, begun: date, ended: date | None, indicators: Sequence[str]
) -> tuple[Reading, ...]:
    """Each of ``indicators`` that the release knows; a territory that has no twin is read alone.

    Raises DataError where ``ended`` lies before ``begun``.
    """
    beside = twins_of(release, territory)
    known = [release.indicators[id] for id in dict.fromkeys(indicators) if id in release.indicators]
    observations = release.observations(
        territories=[territory.id, *(one.id for one in beside)],
        indicators=[one.id for one in known],
        level=territory.level.value,
    )
    cells = Cells(observations)
    readings = []
    for indicator in known:
        points = [
            Point(
                period,
                cells.estimate(territory.id, indicator.id, period),
                tuple(cells.estimate(one.id, indicator.id, period) for one in beside),
                flags=cells.flags(territory.id, indicator.id, period),
            )
            for period in cells.told(territory.id, indicator.id)
        ]
        entry = release.catalogue.indicators.get(indicator.id)
        found = contribution(points, begun, ended, () if entry is None else entry.breaks)
        readings.append(Reading(release.id, territory, beside, indicator, found))
    return tuple(readings)


def periods_here(release: Release, territory: Territory) -> dict[str, int]:
    """How many periods of each indicator have a figure here; those without one are left out."""
    rows = release.observations(
        territories=[territory.id], level=territory.level.value, columns=["indicator", "period", "value"]
    )
    counted = rows.filter(pl.col("value").is_not_null()).group_by("indicator").agg(pl.col("period").n_unique())
    return dict(counted.iter_rows())


def twins_of(release: Release, territory: Territory) -> tuple[Territory, ...]:
    """The nearest in profile; none where there is nothing to compare with at its level."""
    try:
        return tuple(one.territory for one in twins(release, territory.id, TWINS).twins)
    except UsageError:
        return ()


def contribution_svg(reading: Reading, language: str) -> bytes | None:
    """The chart as SVG for a page; None where one period alone has a figure, or none."""
    drawing = contribution_chart(reading, language)
    return None if drawing is None else course_svg(drawing)


def export_contribution(readings: Sequence[Reading], title: str, format: FileFormat, language: str) -> bytes:
    """A row a period and territory; ``title`` says of what it is read."""
    return written(contribution_table(readings, title, language), format)
