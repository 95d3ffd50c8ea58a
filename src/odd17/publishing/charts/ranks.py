"""The drawing of a territory's ranks: a domain a row, the rank as a dot, its interval as a bar.

Written without the engine, as the profile is, and on its plan: the most fragile end is at the right of both.
"""

from __future__ import annotations

from xml.etree import ElementTree as ET

from .drawings import DomainRanks, RankRow
from .palette import ACCENT
from .rows import LETTER, ROW, WIDTH, add_line, add_words
from .svg import add_watermark, describe, name, written


def ranks_svg(drawing: DomainRanks) -> bytes:
    """The ranks as SVG for a page, drawn in this process."""
    return written(drawn(drawing)).encode()


def drawn(drawing: DomainRanks) -> ET.Element:
    """The ranks: a row a domain under its dimension, a dot on its bar, words at the right."""
    left = 16 + LETTER * max(len(text) for row in drawing.rows for text in (row.label, row.group))
    right = 18 + LETTER * max(len(row.text) for row in drawing.rows)
    root = ET.Element(name("svg"), {"fill": "none"})
    grid = ET.SubElement(root, name("g"), {"class": "grid", "stroke": "currentColor", "stroke-opacity": "0.18"})
    y, group = 8.0, ""
    for row in drawing.rows:
        if row.group != group:
            group = row.group
            add_words(root, group, left - 12, y + ROW / 2, anchor="end", muted=True, weight="600")
            y += ROW
        _row(root, grid, row, left, y + ROW / 2)
        y += ROW
    for end, x in zip(drawing.ends, (left, left + WIDTH), strict=True):
        add_line(grid, x, 8.0, x, y)
        add_words(root, end, x, y + 14, anchor="middle")
    for line in (drawing.axis_title, drawing.interval_label):
        y += 20
        add_words(root, line, left + WIDTH / 2, y + 14, anchor="middle", muted=True, size="13")
    root.set("viewBox", f"0 0 {left + WIDTH + right:.0f} {y + 28:g}")
    describe(root, drawing.title, interactive=False)
    add_watermark(root, drawing.watermark)
    return root


def _row(root: ET.Element, grid: ET.Element, row: RankRow, left: float, y: float) -> None:
    add_words(root, row.label, left - 12, y, anchor="end")
    add_line(grid, left, y, left + WIDTH, y)
    start, end = _x(left, row.high, row.of), _x(left, row.low, row.of)
    bar = {"x": f"{start - 2:.1f}", "y": f"{y - 6:g}", "width": f"{end - start + 4:.1f}", "height": "12", "rx": "3"}
    ET.SubElement(root, name("rect"), {**bar, "fill": "currentColor", "fill-opacity": "0.3", "class": "peers"})
    dot = {"cx": f"{_x(left, row.value, row.of):.1f}", "cy": f"{y:g}", "r": "4", "class": "here", "fill": ACCENT}
    ET.SubElement(root, name("circle"), dot)
    add_words(root, row.text, left + WIDTH + 14, y)


def _x(left: float, rank: int, of: int) -> float:
    """Rank 1 at the right end, the last at the left one; an only peer stands at the right."""
    return left + WIDTH * (of - rank) / (of - 1) if of > 1 else left + WIDTH
