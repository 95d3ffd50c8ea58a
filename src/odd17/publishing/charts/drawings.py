"""What a drawing shows, as plain values: built where the figures are, handed to the process that draws.

Every text is already in the reader's language; nothing here knows the drawing engine. ``watermark`` is written across
a drawing: the words of a release whose studies are made up, else None.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from .captions import Caption
from .crossing_drawings import GapChart, HeatChart, QuadrantChart, ShareChart


@dataclass(frozen=True, slots=True)
class Shape:
    """A territory on a map: ``title`` says its name and figure; ``fill`` is the key of a `LegendEntry`.

    ``href`` is where a click leads, None for nowhere.
    """

    id: str
    title: str
    fill: str
    href: str | None = None


@dataclass(frozen=True, slots=True)
class LegendEntry:
    """A class of the map, or a kind of absence: exactly one of ``colour`` (``#rrggbb``) and ``pattern`` is given."""

    key: str
    label: str
    count: int
    colour: str | None = None
    pattern: str | None = None


@dataclass(frozen=True, slots=True)
class ChoroplethMap:
    """A map of shapes filled by class. ``topology`` is TopoJSON, already projected, its object named ``layer``.

    ``id`` is unique within a page; ``here`` is the shape to outline. A geometry that no shape names is left out. A
    map whose ``legend_title`` is empty has no legend.
    """

    id: str
    title: str
    legend_title: str
    topology: Mapping[str, Any]
    layer: str
    shapes: tuple[Shape, ...]
    legend: tuple[LegendEntry, ...]
    here: str | None = None
    caption: Caption | None = None
    watermark: str | None = None


@dataclass(frozen=True, slots=True)
class ProfileRow:
    """A domain on the profile: its score, or None and then ``text`` says why; the others' scores beside it.

    ``spread`` is the lower and upper quartile of the peers' scores.
    """

    label: str
    group: str
    value: float | None
    text: str
    spread: tuple[float, float] | None = None
    others: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class DomainProfile:
    """The domains of a territory as dots on one scale, 0 to 100, in groups by dimension."""

    id: str
    title: str
    here: str
    axis_title: str
    spread_label: str
    rows: tuple[ProfileRow, ...]
    caption: Caption | None = None
    watermark: str | None = None


@dataclass(frozen=True, slots=True)
class RankRow:
    """A rank on the chart of ranks: between ``low`` and ``high``, of ``of``; ``text`` says so in words."""

    label: str
    group: str
    value: int
    low: int
    high: int
    of: int
    text: str


@dataclass(frozen=True, slots=True)
class DomainRanks:
    """Where each domain of a territory stands among its peers, and where other choices would put it."""

    id: str
    title: str
    axis_title: str
    ends: tuple[str, str]
    interval_label: str
    rows: tuple[RankRow, ...]
    caption: Caption | None = None
    watermark: str | None = None


@dataclass(frozen=True, slots=True)
class CourseLine:
    """A figure over its periods: ``stretches`` of points (place, value), which nothing joins across a gap or a break.

    ``symbol`` is 0 for the territory spoken of, more for those beside it, None for the median of the peers.
    ``ranges`` are the intervals (place, lower, upper) where figures have one.
    """

    label: str
    symbol: int | None
    stretches: tuple[tuple[tuple[float, float], ...], ...]
    ranges: tuple[tuple[float, float, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of time that a chart shades, from a place to another (None: to the end), and what it is."""

    start: float
    end: float | None
    label: str


@dataclass(frozen=True, slots=True)
class CourseChart:
    """A figure over its periods beside the same elsewhere; ``breaks`` are the places where the series begins anew.

    ``span`` is shaded: when somebody acted.
    """

    id: str
    title: str
    axis_title: str
    break_label: str
    periods: tuple[tuple[float, str], ...]
    ticks: tuple[tuple[float, str], ...]
    lines: tuple[CourseLine, ...]
    breaks: tuple[float, ...] = ()
    caption: Caption | None = None
    watermark: str | None = None
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Distribution:
    """How an indicator is spread among peers, some territories marked (the first is the one spoken of)."""

    id: str
    title: str
    axis_title: str
    count_title: str
    values: tuple[float, ...]
    marked: tuple[tuple[str, float], ...]
    language: str
    caption: Caption | None = None
    watermark: str | None = None


@dataclass(frozen=True, slots=True)
class ShareCard:
    """The picture that stands for a page where it is shared; ``kind`` and ``place`` may be empty."""

    title: str
    kind: str
    place: str
    caption: Caption | None = None
    watermark: str | None = None


Drawing = (
    ChoroplethMap
    | DomainProfile
    | DomainRanks
    | CourseChart
    | Distribution
    | ShareCard
    | GapChart
    | QuadrantChart
    | HeatChart
    | ShareChart
)
