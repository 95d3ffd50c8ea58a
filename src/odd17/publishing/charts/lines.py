"""The drawing of a figure over its periods: a line a territory, cut at every gap and every break of the series.

Written without the engine, as the profile is: a territory's page holds one for each figure with several periods.
"""

from __future__ import annotations

from typing import Final
from xml.etree import ElementTree as ET

from .drawings import CourseChart, CourseLine, Span
from .palette import ACCENT, OTHER
from .rows import LETTER, add_line, add_symbol, add_words
from .svg import add_watermark, describe, name, written

WIDTH: Final = 340
HEIGHT: Final = 150
_SMALL: Final = 0.62
"""Of a symbol on a line, beside that of the legend."""


def course_svg(drawing: CourseChart) -> bytes:
    """The course as SVG for a page, drawn in this process."""
    return written(drawn(drawing)).encode()


def drawn(drawing: CourseChart) -> ET.Element:
    """The course: a legend, then time from left to right, values up, breaks as upright dashes."""
    left = 18 + LETTER * max(len(text) for _value, text in drawing.ticks)
    root = ET.Element(name("svg"), {"fill": "none"})
    y = _legend(root, drawing)
    add_words(root, drawing.axis_title, 0, y + 10, muted=True, size="13")
    plot = _Plot(drawing, left, y + 30)
    if drawing.span is not None:
        _shade(root, drawing.span, plot)
    grid = ET.SubElement(root, name("g"), {"class": "grid", "stroke": "currentColor", "stroke-opacity": "0.18"})
    for value, text in drawing.ticks:
        add_line(grid, left, plot.y(value), left + WIDTH, plot.y(value))
        add_words(root, text, left - 8, plot.y(value), anchor="end")
    for place in drawing.breaks:
        _dash(root, plot.x(place), plot.top - 6, plot.x(place), plot.bottom + 6)
    for line in reversed(drawing.lines):  # the territory spoken of lies over the others
        _line(root, line, plot)
    written_to = -1e9
    for place, text in drawing.periods:
        half = LETTER * len(text) / 2
        if plot.x(place) - half > written_to:
            add_words(root, text, plot.x(place), plot.bottom + 20, anchor="middle")
            written_to = plot.x(place) + half + 6
    last = max(len(text) for _place, text in drawing.periods)
    width = left + WIDTH + 16 + LETTER * last / 2
    widest = max(len(line.label) for line in drawing.lines)
    longest = max(
        len(drawing.axis_title),
        len(drawing.break_label) if drawing.breaks else 0,
        len(drawing.span.label) if drawing.span is not None else 0,
        widest,
    )
    root.set("viewBox", f"0 0 {max(width, 24 + LETTER * longest):.0f} {plot.bottom + 34:g}")
    describe(root, drawing.title, interactive=False)
    add_watermark(root, drawing.watermark)
    return root


class _Plot:
    """Where values and places stand."""

    def __init__(self, drawing: CourseChart, left: float, top: float) -> None:
        self.top, self.bottom = top, top + HEIGHT
        places = [place for place, _text in drawing.periods]
        if drawing.span is not None:  # it may begin before the first period, or after the last
            places += [drawing.span.start, *([] if drawing.span.end is None else [drawing.span.end])]
        values = [value for value, _text in drawing.ticks]
        self._left, self.right = left + 12, left + WIDTH
        self._first, self._span = min(places), (max(places) - min(places)) or 1.0
        self._low, self._height = min(values), (max(values) - min(values)) or 1.0

    def x(self, place: float) -> float:
        return self._left + (WIDTH - 24) * (place - self._first) / self._span

    def y(self, value: float) -> float:
        return round(self.bottom - HEIGHT * (value - self._low) / self._height, 1)


def _legend(root: ET.Element, drawing: CourseChart) -> float:
    """Name each line, one under the other, then the upright dashes where there are some; gives the y under them."""
    y = 14.0
    for line in drawing.lines:
        if line.symbol is None:
            _dash(root, 0, y, 14, y)
        else:
            add_symbol(root, line.symbol, 7, y)
        add_words(root, line.label, 22, y)
        y += 22
    if drawing.breaks:
        _dash(root, 7, y - 8, 7, y + 8)
        add_words(root, drawing.break_label, 22, y)
        y += 22
    if drawing.span is not None:
        _box(root, 0, y - 7, 14, 14)
        add_words(root, drawing.span.label, 22, y)
        y += 22
    return y


def _shade(root: ET.Element, span: Span, plot: _Plot) -> None:
    start = plot.x(span.start)
    end = plot.right if span.end is None else max(plot.x(span.end), start + 2)
    _box(root, start, plot.top - 6, end - start, plot.bottom - plot.top + 12)


def _box(root: ET.Element, x: float, y: float, width: float, height: float) -> None:
    look = {"fill": "currentColor", "fill-opacity": "0.09", "stroke": "currentColor", "stroke-opacity": "0.45"}
    place = {"x": f"{x:.1f}", "y": f"{y:g}", "width": f"{max(width, 0):.1f}", "height": f"{height:g}"}
    ET.SubElement(root, name("rect"), {**place, **look})


def _line(root: ET.Element, line: CourseLine, plot: _Plot) -> None:
    colour = {"stroke": "currentColor", "stroke-opacity": "0.75", "stroke-dasharray": "5 4", "class": "peers"}
    if line.symbol is not None:
        colour = {"class": "here", "stroke": ACCENT} if line.symbol == 0 else {"class": "other", "stroke": OTHER}
    group = ET.SubElement(root, name("g"), {"stroke-width": "2", **colour})
    for place, low, high in line.ranges:
        add_line(group, plot.x(place), plot.y(low), plot.x(place), plot.y(high))
    for stretch in line.stretches:
        if len(stretch) > 1:
            points = " ".join(f"{plot.x(place):.1f},{plot.y(value):g}" for place, value in stretch)
            ET.SubElement(group, name("polyline"), {"points": points})
        if line.symbol is None and len(stretch) == 1:
            (place, value) = stretch[0]
            add_line(group, plot.x(place) - 6, plot.y(value), plot.x(place) + 6, plot.y(value))
        if line.symbol is not None:
            for place, value in stretch:
                at = ET.SubElement(
                    root,
                    name("g"),
                    {"transform": f"translate({plot.x(place):.1f},{plot.y(value):g}) scale({_SMALL})"},
                )
                add_symbol(at, line.symbol, 0, 0)


def _dash(root: ET.Element, x1: float, y1: float, x2: float, y2: float) -> None:
    look = {"stroke": "currentColor", "stroke-opacity": "0.75", "stroke-width": "2", "stroke-dasharray": "5 4"}
    add_line(ET.SubElement(root, name("g"), look), x1, y1, x2, y2)
