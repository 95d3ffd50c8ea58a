"""The drawing of quadrants: domains by their figures (across) and by one actor (up), fragile at the top right.

Written without the engine. The mark is that of the actor, as in the drawing of gaps. Names are put beside their
points where there is room, in an order that does not change; where there is none a point has a number, and the list
under the drawing says which domain it is. In the width of a telephone every point has a number.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final
from xml.etree import ElementTree as ET

from .actor_marks import COLOURS, add_mark
from .crossing_drawings import QuadrantChart, QuadrantPoint
from .rows import LETTER, add_line, add_words
from .svg import add_watermark, describe, name, written

_LEFT, _TOP = 40.0, 30.0
_SMALL: Final = 12
_LETTER: Final = LETTER * _SMALL / 14
_STEP: Final = 9.0
"""How far points of one place are put apart."""

Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class _Plane:
    """The square of ``side`` in which points stand; ``named`` where there is room for names beside them."""

    side: float
    named: bool

    def x(self, standing: float) -> float:
        return _LEFT + 14 + (self.side - 28) * standing

    def y(self, standing: float) -> float:
        return _TOP + self.side - 14 - (self.side - 28) * standing


_WIDE: Final = _Plane(460.0, named=True)
_NARROW: Final = _Plane(320.0, named=False)


def quadrants_svg(drawing: QuadrantChart, *, narrow: bool = False) -> bytes:
    """The quadrants as SVG for a page, drawn in this process; ``narrow`` for a telephone."""
    return written(_drawn(drawing, _NARROW if narrow else _WIDE)).encode()


def drawn(drawing: QuadrantChart) -> ET.Element:
    """The plane with its four named quarters, intervals as light crosses, a filled mark where a quadrant is told."""
    return _drawn(drawing, _WIDE)


def _drawn(drawing: QuadrantChart, plane: _Plane) -> ET.Element:
    root = ET.Element(name("svg"), {"fill": "none"})
    _quarters(root, drawing, plane)
    places = _apart(drawing.points, plane)
    for point, (x, y) in zip(drawing.points, places, strict=True):
        _cross(root, point, x, y, COLOURS[drawing.actor], plane)
    for point, (x, y) in zip(drawing.points, places, strict=True):
        add_mark(root, drawing.actor, x, y, filled=point.told)
    y = _names(root, drawing, places, plane)
    root.set("viewBox", f"0 0 {_LEFT + plane.side + 20:.0f} {y + 10:.0f}")
    describe(root, drawing.title, interactive=False)
    add_watermark(root, drawing.watermark)
    return root


def _quarters(root: ET.Element, drawing: QuadrantChart, plane: _Plane) -> None:
    """The square, its middles, the names of its quarters outside of it (points may stand anywhere inside) and axes."""
    side, right, foot = plane.side, _LEFT + plane.side, _TOP + plane.side
    box = {"x": f"{_LEFT:g}", "y": f"{_TOP:g}", "width": f"{side:g}", "height": f"{side:g}"}
    ET.SubElement(root, name("rect"), {**box, "stroke": "currentColor", "stroke-opacity": "0.4"})
    grid = ET.SubElement(root, name("g"), {"class": "grid", "stroke": "currentColor", "stroke-opacity": "0.4"})
    add_line(grid, _LEFT + side / 2, _TOP, _LEFT + side / 2, foot)
    add_line(grid, _LEFT, _TOP + side / 2, right, _TOP + side / 2)
    for place, corner in enumerate(drawing.corners):
        x, anchor = (_LEFT, "start") if place % 2 == 0 else (right, "end")
        add_words(root, corner, x, _TOP - 12 if place < 2 else foot + 14, anchor=anchor, weight="600", size="13")
    add_words(root, drawing.across, _LEFT + side / 2, foot + 36, anchor="middle", muted=True, size="13")
    add_words(root, drawing.up, 0, 0, anchor="middle", muted=True, size="13")
    root[-1].attrib |= {"x": "0", "y": "0", "transform": f"translate({_LEFT - 16:g},{_TOP + side / 2:g}) rotate(-90)"}


def _apart(points: tuple[QuadrantPoint, ...], plane: _Plane) -> list[tuple[float, float]]:
    """Where each point stands; those of one place side by side."""
    met: dict[tuple[float, float], int] = {}
    places = []
    for point in points:
        at = (round(point.x, 3), round(point.y, 3))
        count = met[at] = met.get(at, -1) + 1
        shift = _STEP * ((count + 1) // 2) * (1 if count % 2 else -1)
        places.append((plane.x(point.x) + shift, plane.y(point.y)))
    return places


def _cross(root: ET.Element, point: QuadrantPoint, x: float, y: float, colour: str, plane: _Plane) -> None:
    look = {"stroke": colour, "stroke-opacity": "0.25", "stroke-width": "1.5"}
    across = {"x1": f"{plane.x(point.x_range[0]):.1f}", "x2": f"{plane.x(point.x_range[1]):.1f}", "y1": f"{y:.1f}"}
    up = {"y1": f"{plane.y(point.y_range[0]):.1f}", "y2": f"{plane.y(point.y_range[1]):.1f}", "x1": f"{x:.1f}"}
    ET.SubElement(root, name("line"), {**across, "y2": across["y1"], **look})
    ET.SubElement(root, name("line"), {**up, "x2": up["x1"], **look})


def _names(root: ET.Element, drawing: QuadrantChart, places: list[tuple[float, float]], plane: _Plane) -> float:
    """Write the names, then the legend and the list of those that found no room; gives the y under them."""
    taken: list[Box] = [(x - 6, y - 6, x + 6, y + 6) for x, y in places]
    listed: list[str] = []
    for own, (point, (x, y)) in enumerate(zip(drawing.points, places, strict=True)):
        room = _room(point.label, x, y, taken, own, plane) if plane.named else None
        if room is None:
            listed.append(point.label)
            room = _room(str(len(listed)), x, y, taken, own, plane)
        words = point.label if not listed or listed[-1] != point.label else str(len(listed))
        anchor, at_x, at_y, box = room or ("middle", x, y - 12, (x, y, x, y))
        add_words(root, words, at_x, at_y, anchor=anchor, size=str(_SMALL))
        taken.append(box)
    y = _TOP + plane.side + 62
    width = int((plane.side + 10) / (LETTER * 13 / 14))
    for told, words in ((True, drawing.told_label), (False, drawing.untold_label)):
        add_mark(root, drawing.actor, _LEFT + 6, y, filled=told)
        for line in textwrap.wrap(words, width):
            add_words(root, line, _LEFT + 20, y, size="13")
            y += 18
        y += 2
    for number, label in enumerate(listed, start=1):
        add_words(root, f"{number}. {label}", _LEFT, y, size="13")
        y += 18
    return y


def _room(
    label: str, x: float, y: float, taken: list[Box], own: int, plane: _Plane
) -> tuple[str, float, float, Box] | None:
    """The first place beside a point where ``label`` meets nothing; ``own`` is the point's place among ``taken``."""
    for room in _rooms(label, x, y, plane):
        if not any(_meet(room[-1], other) for place, other in enumerate(taken) if place != own):
            return room
    return None


def _rooms(label: str, x: float, y: float, plane: _Plane) -> Iterator[tuple[str, float, float, Box]]:
    """Where a name may stand: right, left, above, under, then the corners; never outside of the plane."""
    width = _LETTER * len(label)
    right, foot = _LEFT + plane.side - 2, _TOP + plane.side - 2
    for anchor, dx, dy in (
        ("start", 9, 0), ("end", -9, 0), ("middle", 0, -14), ("middle", 0, 14),
        ("start", 7, -12), ("start", 7, 12), ("end", -7, -12), ("end", -7, 12),
    ):  # fmt: skip
        start = x + dx - {"start": 0.0, "middle": width / 2, "end": width}[anchor]
        box = (start, y + dy - 7, start + width, y + dy + 7)
        if box[0] >= _LEFT + 2 and box[2] <= right and box[1] >= _TOP + 2 and box[3] <= foot:
            yield anchor, x + dx, y + dy, box


def _meet(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
