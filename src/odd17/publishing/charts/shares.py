"""The drawing of shares: a row a domain or a lever, the mark of the group asked with its interval, from 0 to 100 %.

Written without the engine, on the plan of the gaps. A share of few is an outline; one that is withheld has no mark and
its row says why. Where there is little width (a telephone) the words of a row stand above its mark.
"""

from __future__ import annotations

import textwrap
from typing import Final
from xml.etree import ElementTree as ET

from .actor_marks import COLOURS, add_mark
from .crossing_drawings import ShareChart, ShareRow
from .rows import LETTER, ROW, WIDTH, add_line, add_words
from .svg import add_watermark, describe, name, written

_NARROW: Final = 380.0
_SMALL: Final = "13"
_SHORTEST: Final = 130.0
"""The least room of the labels: a drawing of three rows is not shown larger than one of sixteen."""
_TICKS: Final = (0.0, 0.25, 0.5, 0.75, 1.0)


def shares_svg(drawing: ShareChart, *, narrow: bool = False) -> bytes:
    """The shares as SVG for a page, drawn in this process; ``narrow`` for a telephone."""
    return written(_narrow(drawing) if narrow else drawn(drawing)).encode()


def drawn(drawing: ShareChart) -> ET.Element:
    """The shares: a row each with its words at the right, the scale and the legend under them."""
    left = max(_SHORTEST, 24 + LETTER * max(len(row.label) for row in drawing.rows))
    right = 28 + LETTER * max(len(row.text) for row in drawing.rows)
    root = ET.Element(name("svg"), {"fill": "none"})
    grid = _grid(root)
    top = y = 8.0
    for row in drawing.rows:
        middle = y + ROW / 2
        add_words(root, row.label, left - 14, middle, anchor="end")
        _share(root, row, drawing.actor, left, WIDTH, middle)
        add_words(root, row.text, left + WIDTH + 18, middle, muted=row.value is None, size=_SMALL)
        y += ROW
    y = _scale(root, grid, drawing, left, WIDTH, top, y)
    for words in (drawing.axis_title, drawing.interval_label):
        for line in textwrap.wrap(words, int((WIDTH + right) / LETTER)):
            add_words(root, line, left, y + 8, muted=True, size=_SMALL)
            y += 20
    return _finished(root, drawing, left + WIDTH + right, y + 8)


def _narrow(drawing: ShareChart) -> ET.Element:
    root = ET.Element(name("svg"), {"fill": "none"})
    left, width = 14.0, _NARROW - 28
    grid = _grid(root)
    top, y = 4.0, 4.0
    for row in drawing.rows:
        y += 14
        for line in _wrapped(row.label, 14):
            add_words(root, line, 0, y, weight="600")
            y += 18
        for line in _wrapped(row.text, 13):
            add_words(root, line, 0, y, muted=row.value is None, size=_SMALL)
            y += 17
        if row.value is not None:
            _share(root, row, drawing.actor, left, width, y)
            y += 12
    y = _scale(root, grid, drawing, left, width, top, y)
    for line in (*_wrapped(drawing.axis_title, 13), *_wrapped(drawing.interval_label, 13)):
        add_words(root, line, _NARROW / 2, y + 8, anchor="middle", muted=True, size=_SMALL)
        y += 18
    return _finished(root, drawing, _NARROW, y + 8)


def _finished(root: ET.Element, drawing: ShareChart, width: float, height: float) -> ET.Element:
    root.set("viewBox", f"0 0 {width:.0f} {height:g}")
    describe(root, drawing.title, interactive=False)
    add_watermark(root, drawing.watermark)
    return root


def _grid(root: ET.Element) -> ET.Element:
    return ET.SubElement(root, name("g"), {"class": "grid", "stroke": "currentColor", "stroke-opacity": "0.18"})


def _scale(
    root: ET.Element, grid: ET.Element, drawing: ShareChart, left: float, width: float, top: float, y: float
) -> float:
    """The lines of the scale down to ``y``, and its two ends; gives the y under them."""
    for tick in _TICKS:
        add_line(grid, left + width * tick, top, left + width * tick, y)
    for end, x, anchor in zip(drawing.ends, (left, left + width), ("start", "end"), strict=True):
        add_words(root, end, x, y + 12, anchor=anchor, size=_SMALL)
    return y + 28


def _share(root: ET.Element, row: ShareRow, actor: str, left: float, width: float, y: float) -> None:
    if row.value is None:
        return
    if row.low is not None and row.high is not None:
        ends = {"x1": f"{left + width * row.low:.1f}", "x2": f"{left + width * row.high:.1f}"}
        look = {"stroke": COLOURS[actor], "stroke-width": "2", "stroke-opacity": "0.6"}
        ET.SubElement(root, name("line"), {**ends, "y1": f"{y:g}", "y2": f"{y:g}", **look})
    add_mark(root, actor, left + width * row.value, y, filled=not row.careful)


def _wrapped(text: str, size: int) -> list[str]:
    return textwrap.wrap(text, int(_NARROW / (LETTER * size / 14)))
