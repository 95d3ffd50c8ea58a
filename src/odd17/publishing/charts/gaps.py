"""The drawing of gaps: a row a domain, its rank by the figures as a dot on its bar, a mark for each actor asked.

Written without the engine, on the plan of the ranks: the most fragile end is at the right. Where there is little width
(a telephone) the words of a row stand above its marks.
"""

from __future__ import annotations

import textwrap
from typing import Final
from xml.etree import ElementTree as ET

from .actor_marks import COLOURS, add_mark
from .crossing_drawings import GapChart, GapRow, Spot
from .palette import ACCENT
from .rows import LETTER, WIDTH, add_line, add_words
from .svg import add_watermark, describe, name, written

_LANE: Final = 13.0
"""Between the marks of a row, one under the other: those at one rank are all seen."""


_NARROW: Final = 380.0
"""The whole width of a narrow drawing: a telephone shows its words at nine tenths of their size at least."""
_SMALL: Final = "13"


def gaps_svg(drawing: GapChart, *, narrow: bool = False) -> bytes:
    """The gaps as SVG for a page, drawn in this process; ``narrow`` for a telephone."""
    return written(_narrow(drawing) if narrow else drawn(drawing)).encode()


def drawn(drawing: GapChart) -> ET.Element:
    """The gaps: the legend, then a row a domain with its words at the right."""
    left = 16 + LETTER * max(len(row.label) for row in drawing.rows)
    right = 20 + LETTER * max(len(row.text) for row in drawing.rows)
    lanes = {None: 0} | {actor: lane for lane, (actor, _words) in enumerate(drawing.actors, start=1)}
    height = _LANE * len(lanes) + 10
    root = ET.Element(name("svg"), {"fill": "none"})
    top = y = _legend(root, drawing)
    grid = ET.SubElement(root, name("g"), {"class": "grid", "stroke": "currentColor", "stroke-opacity": "0.18"})
    for row in drawing.rows:
        middle = y + height / 2
        add_words(root, row.label, left - 12, middle, anchor="end")
        add_line(grid, 0, y + height, left + WIDTH + right, y + height)
        for spot in row.spots:
            _spot(root, spot, left, WIDTH, y + 5 + _LANE * (lanes[spot.actor] + 0.5))
        add_words(root, row.text, left + WIDTH + 16, middle, muted=not _has_actor(row), size="13")
        y += height
    for end, x in zip(drawing.ends, (left, left + WIDTH), strict=True):
        add_line(grid, x, top, x, y)
        add_words(root, end, x, y + 14, anchor="middle")
    for line in (drawing.axis_title, drawing.interval_label):
        y += 20
        add_words(root, line, left + WIDTH / 2, y + 14, anchor="middle", muted=True, size="13")
    root.set("viewBox", f"0 0 {left + WIDTH + right:.0f} {y + 28:g}")
    describe(root, drawing.title, interactive=False)
    add_watermark(root, drawing.watermark)
    return root


def _narrow(drawing: GapChart) -> ET.Element:
    """The same in the width of a telephone: the words of a row above its marks, a lane for each mark it has."""
    root = ET.Element(name("svg"), {"fill": "none"})
    left, width = 14.0, _NARROW - 28
    top = y = _legend(root, drawing)
    grid = ET.SubElement(root, name("g"), {"class": "grid", "stroke": "currentColor", "stroke-opacity": "0.18"})
    for row in drawing.rows:
        add_line(grid, 0, y, _NARROW, y)
        y += 16
        for line in _wrapped(row.label, 14):
            add_words(root, line, 0, y, weight="600")
            y += 18
        for line in _wrapped(row.text, 13):
            add_words(root, line, 0, y, muted=not _has_actor(row), size=_SMALL)
            y += 17
        for spot in row.spots:
            _spot(root, spot, left, width, y + _LANE / 2 - 4)
            y += _LANE
        y += 4
    for end, x, anchor in zip(drawing.ends, (left, left + width), ("start", "end"), strict=True):
        add_line(grid, x, top, x, y)
        add_words(root, end, x, y + 14, anchor=anchor)
    y += 36
    for line in (*_wrapped(drawing.axis_title, 13), *_wrapped(drawing.interval_label, 13)):
        add_words(root, line, _NARROW / 2, y, anchor="middle", muted=True, size=_SMALL)
        y += 18
    root.set("viewBox", f"0 0 {_NARROW:g} {y:g}")
    describe(root, drawing.title, interactive=False)
    add_watermark(root, drawing.watermark)
    return root


def _wrapped(text: str, size: int) -> list[str]:
    return textwrap.wrap(text, int(_NARROW / (LETTER * size / 14)))


def _has_actor(row: GapRow) -> bool:
    return any(spot.actor is not None for spot in row.spots)


def _spot(root: ET.Element, spot: Spot, left: float, width: float, y: float) -> None:
    start, x, end = (left + width * _along(rank, spot.of) for rank in (spot.high, spot.value, spot.low))
    if spot.actor is None:
        bar = {"x": f"{start - 2:.1f}", "y": f"{y - 5:g}", "width": f"{end - start + 4:.1f}", "height": "10", "rx": "3"}
        ET.SubElement(root, name("rect"), {**bar, "fill": "currentColor", "fill-opacity": "0.22", "class": "peers"})
        dot = {"cx": f"{x:.1f}", "cy": f"{y:g}", "r": "4.5", "class": "here", "fill": ACCENT}
        ET.SubElement(root, name("circle"), dot)
        return
    line = {"x1": f"{start:.1f}", "x2": f"{end:.1f}", "y1": f"{y:g}", "y2": f"{y:g}"}
    look = {"stroke": COLOURS[spot.actor], "stroke-width": "2", "stroke-opacity": "0.6"}
    ET.SubElement(root, name("line"), {**line, **look})
    add_mark(root, spot.actor, x, y)


def _legend(root: ET.Element, drawing: GapChart) -> float:
    """Name the dot and each mark, one under the other; gives the y under them."""
    y = 14.0
    dot = {"cx": "6", "cy": f"{y:g}", "r": "4.5", "class": "here", "fill": ACCENT}
    ET.SubElement(root, name("circle"), dot)
    add_words(root, drawing.figures_label, 20, y)
    for actor, words in drawing.actors:
        y += 22
        add_mark(root, actor, 6, y)
        add_words(root, words, 20, y)
    return y + 18


def _along(rank: int, of: int) -> float:
    """1, the right end, for rank 1, 0 for the last; an only peer stands at the right."""
    return (of - rank) / (of - 1) if of > 1 else 1.0
