"""The shapes of figures in the API's answers: numbers raw, reasons as code and sentence, indicators and sources."""

from __future__ import annotations

from typing import Any

from ninja import Schema

from odd17.core.indicators.indicator import Direction, Unit
from odd17.core.kernel import Absence, ConfStatus, ObsStatus, ReasonCode
from odd17.core.territories.levels import Level


class EstimateOut(Schema):
    """A figure: a null ``value`` has an ``absence``; zero is a value. Statuses are SDMX codes."""

    value: float | None
    low: float | None
    high: float | None
    n: int | None
    obs_status: ObsStatus
    conf_status: ConfStatus
    absence: Absence | None


class ReasonOut(Schema):
    """Why something is absent, refused or flagged: a code, its facts, and the sentence that pages show."""

    code: ReasonCode
    params: dict[str, Any]
    text: str


class SourceOut(Schema):
    """A source: cite it with ``citation``, whole."""

    id: str
    title: str
    producer: str
    citation: str
    licence: str
    url: str | None
    published: str | None
    retrieved: str | None
    sha256: str | None
    note: str | None


class IndicatorOut(Schema):
    """The definition that stands behind a figure; ``source`` is the identifier of one."""

    id: str
    name: str
    definition: str
    unit: Unit
    direction: Direction
    direction_status: str
    domain: str | None
    source: str


class NamedFigureOut(EstimateOut):
    """The same indicator and period in another territory."""

    territory: str
    name: str
    path: str


class OlderOut(EstimateOut):
    """The same indicator of the same territory in another period."""

    period: str


class CoursePointOut(EstimateOut):
    """The figure in a period; ``others`` in the order of the course's, ``median`` over ``median_of`` peers.

    ``breaks``: the series begins anew with it, and is not compared with what lies before.
    """

    period: str
    breaks: bool
    flags: list[ReasonOut]
    others: list[EstimateOut]
    median: float | None
    median_of: int | None


class CourseOtherOut(Schema):
    """A territory beside which a figure is set over time."""

    id: str
    name: str


class ChangeOut(Schema):
    """The difference of the figures of two periods."""

    since: str
    until: str
    value: float


class SlopeOut(Schema):
    """The change a year over ``n`` periods (Theil–Sen), between ``low`` and ``high`` with probability ``level``."""

    value: float
    low: float
    high: float
    level: float
    n: int


class CourseOut(Schema):
    """A figure over its periods, since the last break for ``change`` and ``slope``.

    Without a slope, ``hindrance`` says why: ``too_few`` periods, or ``overlapping`` ones. ``text`` says all of it.
    """

    points: list[CoursePointOut]
    others: list[CourseOtherOut]
    change: ChangeOut | None
    slope: SlopeOut | None
    hindrance: str | None
    text: list[str]


class FigureOut(EstimateOut):
    """An indicator here and elsewhere, with what qualifies it."""

    indicator: IndicatorOut
    period: str
    comparisons: list[NamedFigureOut]
    flags: list[ReasonOut]
    not_scored: ReasonOut | None
    history: list[OlderOut]
    course: CourseOut | None


class CoverageOut(Schema):
    """A level of an indicator: ``counts[i]`` values lie between ``edges[i]`` and ``edges[i + 1]``."""

    level: Level
    period: str
    periods: list[str]
    present: int
    total: int
    absences: dict[str, int]
    quantiles: dict[str, float]
    edges: list[float]
    counts: list[int]
    highest: list[NamedFigureOut]
    lowest: list[NamedFigureOut]


class IndicatorCardOut(Schema):
    """An indicator with its coverage and distribution by level."""

    release: str
    indicator: IndicatorOut
    not_scored: ReasonOut | None
    flags: list[ReasonOut]
    levels: list[CoverageOut]
    source: SourceOut
