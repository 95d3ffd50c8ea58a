"""The drawing of a self-diagnosis: a line a dimension from 0 to 100, one's score, the time before, one's peers.

Written without the engine: it is drawn for one person, and never kept.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from xml.etree import ElementTree as ET

from odd17.publishing.format import number
from odd17.publishing.language import translator

from .palette import ACCENT, OTHER
from .rows import LETTER, ROW, WIDTH, add_line, add_symbol, add_words
from .svg import describe, name, written

_TOP: Final = 34.0


@dataclass(frozen=True, slots=True)
class ProfileRow:
    """A dimension: its name, the score (0 to 100, None where there is none), the earlier one, the peers' quartiles."""

    name: str
    score: float | None
    earlier: float | None = None
    peers: tuple[float, float, float] | None = None


def self_profile_svg(rows: Sequence[ProfileRow], language: str) -> str:
    """The profile as SVG; what has no score is said in words and gets no mark."""
    _ = translator(language)
    root = ET.Element(name("svg"), {"fill": "none"})
    left = 14 + LETTER * max((len(row.name) for row in rows), default=1)
    bottom = _TOP + ROW * len(rows)
    grid = ET.SubElement(root, name("g"), {"class": "grid", "stroke": "currentColor", "stroke-opacity": "0.18"})
    for tick in (0, 25, 50, 75, 100):
        x = left + WIDTH * tick / 100
        add_line(grid, x, _TOP - 8, x, bottom - 6)
        add_words(root, number(tick, language, decimals=0), x, _TOP - 18, anchor="middle", muted=True, size="12")
    for place, row in enumerate(rows):
        y = _TOP + ROW * (place + 0.4)
        add_words(root, row.name, left - 12, y, anchor="end")
        _row(root, row, left, y, _("no score"))
        if row.score is not None:
            add_words(root, number(row.score, language, decimals=0), left + WIDTH + 12, y, weight="600")
    y = _legend(root, rows, bottom + 10, left, language)
    root.set("viewBox", f"0 0 {left + WIDTH + 60:.0f} {y:.0f}")
    describe(root, _("Profile by dimension, from 0 to 100"), interactive=False)
    return written(root)


def _row(root: ET.Element, row: ProfileRow, left: float, y: float, absent: str) -> None:
    def x(score: float) -> float:
        return left + WIDTH * score / 100

    if row.peers is not None:
        low, middle, high = row.peers
        band = {"x": f"{x(low):.1f}", "y": f"{y - 6:.1f}", "width": f"{max(x(high) - x(low), 1):.1f}", "height": "12"}
        ET.SubElement(root, name("rect"), {**band, "class": "other", "fill": OTHER, "fill-opacity": "0.25"})
        stroke = {"stroke": OTHER, "stroke-width": "2"}
        at = {"x1": f"{x(middle):.1f}", "x2": f"{x(middle):.1f}", "y1": f"{y - 8:.1f}", "y2": f"{y + 8:.1f}"}
        ET.SubElement(root, name("line"), {**at, **stroke})
    if row.score is None:
        add_words(root, absent, left + 8, y, muted=True, size="12")
        return
    if row.earlier is not None:
        line = {"x1": f"{x(row.earlier):.1f}", "y1": f"{y:.1f}", "x2": f"{x(row.score):.1f}", "y2": f"{y:.1f}"}
        ET.SubElement(root, name("line"), {**line, "stroke": ACCENT, "stroke-width": "2", "stroke-dasharray": "3 3"})
        add_symbol(root, 1, x(row.earlier), y)
    add_symbol(root, 0, x(row.score), y)


def _legend(root: ET.Element, rows: Sequence[ProfileRow], y: float, left: float, language: str) -> float:
    """Name the marks that are there, one under the other; gives the y under them."""
    _ = translator(language)
    add_symbol(root, 0, left, y)
    add_words(root, _("your answers"), left + 14, y, size="12")
    if any(row.earlier is not None for row in rows):
        y += 20
        add_symbol(root, 1, left, y)
        add_words(root, _("the time before"), left + 14, y, size="12")
    if any(row.peers is not None for row in rows):
        y += 20
        band = {"x": f"{left - 6:.1f}", "y": f"{y - 6:.1f}", "width": "12", "height": "12"}
        ET.SubElement(root, name("rect"), {**band, "class": "other", "fill": OTHER, "fill-opacity": "0.25"})
        add_words(root, _("your peers: the middle half, and the median"), left + 14, y, size="12")
    return y + 18
