"""What the drawings of the crossing show, as plain values, every text in the reader's language."""

from __future__ import annotations

from dataclasses import dataclass

from .captions import Caption


@dataclass(frozen=True, slots=True)
class Spot:
    """A rank with its interval, of ``of``; ``actor`` is None for the rank by the figures."""

    value: int
    low: int
    high: int
    of: int
    actor: str | None = None


@dataclass(frozen=True, slots=True)
class GapRow:
    """A domain (or a territory): its ranks on one scale; ``text`` says the widest gap, or why there is no mark."""

    label: str
    spots: tuple[Spot, ...]
    text: str


@dataclass(frozen=True, slots=True)
class GapChart:
    """Ranks by the figures beside those by actors asked in one year; ``actors`` are (identifier, words)."""

    id: str
    title: str
    axis_title: str
    ends: tuple[str, str]
    figures_label: str
    interval_label: str
    actors: tuple[tuple[str, str], ...]
    rows: tuple[GapRow, ...]
    caption: Caption | None = None
    watermark: str | None = None


@dataclass(frozen=True, slots=True)
class QuadrantPoint:
    """A domain in the plane: standings from 0 (last) to 1 (first) with intervals; ``told`` where a quadrant is."""

    label: str
    x: float
    x_range: tuple[float, float]
    y: float
    y_range: tuple[float, float]
    told: bool


@dataclass(frozen=True, slots=True)
class QuadrantChart:
    """Domains by their figures (across) and by one actor (up). ``corners``: names of top left, top right, bottom left,
    bottom right."""

    id: str
    title: str
    across: str
    up: str
    corners: tuple[str, str, str, str]
    told_label: str
    untold_label: str
    actor: str
    points: tuple[QuadrantPoint, ...]
    caption: Caption | None = None
    watermark: str | None = None


@dataclass(frozen=True, slots=True)
class HeatCell:
    """A cell: its number as text and its shade from 0 to 4; None where it is not known. ``bounds`` is its interval."""

    text: str
    shade: int | None
    bounds: str = ""


@dataclass(frozen=True, slots=True)
class HeatChart:
    """Rows of cells, ``columns`` across; ``diverging`` where the middle shade is none."""

    id: str
    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[HeatCell, ...]], ...]
    legend: tuple[str, str, str]
    diverging: bool = False
    caption: Caption | None = None
    watermark: str | None = None


@dataclass(frozen=True, slots=True)
class ShareRow:
    """A share with its interval, all from 0 to 1; without a value ``text`` says why. ``careful``: of few."""

    label: str
    value: float | None
    low: float | None
    high: float | None
    text: str
    careful: bool = False


@dataclass(frozen=True, slots=True)
class ShareChart:
    """Shares of the respondents of one actor on a scale whose two ``ends`` are none and all."""

    id: str
    title: str
    axis_title: str
    ends: tuple[str, str]
    interval_label: str
    actor: str
    rows: tuple[ShareRow, ...]
    caption: Caption | None = None
    watermark: str | None = None
