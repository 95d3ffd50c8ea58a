"""The drawing of a territory's profile: sixteen domains on one scale.

It is written here without the engine: each of 36,000 territories has its own, which no release can hold, and a page
cannot wait for the engine (some 150 ms) where these few lines take one.
"""

from __future__ import annotations

from xml.etree import ElementTree as ET

from .drawings import DomainProfile, ProfileRow
from .rows import LETTER, ROW, WIDTH, add_line, add_symbol, add_words
from .svg import add_watermark, describe, name, written


def profile_svg(drawing: DomainProfile) -> bytes:
    """The profile as SVG for a page, drawn in this process."""
    return written(drawn(drawing)).encode()


def drawn(drawing: DomainProfile) -> ET.Element:
    """The profile: a row a domain under its dimension; the peers' band, a symbol a territory, words at the right."""
    left = 16 + LETTER * max(len(row.label) for row in drawing.rows)
    right = 18 + LETTER * max(len(row.text) for row in drawing.rows)
    people = list(dict.fromkeys([drawing.here, *(who for row in drawing.rows for who, _score in row.others)]))
    root = ET.Element(name("svg"), {"fill": "none"})
    y = _legend(root, people, left) if any(row.value is not None for row in drawing.rows) else 8.0
    top, group = y, ""
    grid = ET.SubElement(root, name("g"), {"class": "grid", "stroke": "currentColor", "stroke-opacity": "0.18"})
    for row in drawing.rows:
        if row.group != group:
            group = row.group
            add_words(root, group, left - 12, y + ROW / 2, anchor="end", weight="600", muted=True)
            y += ROW
        _row(root, grid, row, left, y + ROW / 2, drawing.here, people)
        y += ROW
    for value in (0, 25, 50, 75, 100):
        add_line(grid, _x(left, value), top, _x(left, value), y)
        add_words(root, str(value), _x(left, value), y + 14, anchor="middle")
    for line in (drawing.axis_title, drawing.spread_label):
        if line:
            y += 20
            add_words(root, line, left + WIDTH / 2, y + 14, anchor="middle", size="13", muted=True)
    root.set("viewBox", f"0 0 {left + WIDTH + right:.0f} {y + 28:g}")
    describe(root, drawing.title, interactive=False)
    add_watermark(root, drawing.watermark)
    return root


def _row(
    root: ET.Element, grid: ET.Element, row: ProfileRow, left: float, y: float, here: str, people: list[str]
) -> None:
    add_words(root, row.label, left - 12, y, anchor="end")
    add_line(grid, left, y, left + WIDTH, y)
    if row.spread is not None:
        low, high = row.spread
        place = {
            "x": f"{_x(left, low):.1f}",
            "y": f"{y - 4.5:g}",
            "width": f"{max(_x(left, high) - _x(left, low), 2):.1f}",
        }
        look = {"height": "9", "rx": "3", "fill": "currentColor", "fill-opacity": "0.22", "class": "peers"}
        ET.SubElement(root, name("rect"), {**place, **look})
    for who, score in row.others:
        add_symbol(root, people.index(who), _x(left, score), y)
    if row.value is not None:
        add_symbol(root, people.index(here), _x(left, row.value), y)
    add_words(root, row.text, left + WIDTH + 14, y, muted=row.value is None)


def _legend(root: ET.Element, people: list[str], left: float) -> float:
    """Name each symbol, one line each; gives the y under them."""
    y = 14.0
    for index, who in enumerate(people):
        add_symbol(root, index, left + 6, y)
        add_words(root, who, left + 20, y)
        y += 22
    return y


def _x(left: float, score: float) -> float:
    return left + WIDTH * score / 100
