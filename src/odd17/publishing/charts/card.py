"""The picture that stands for a page where it is shared: a title, what it is, where, and the mark."""

from __future__ import annotations

import textwrap
from typing import Final
from xml.etree import ElementTree as ET

from .drawings import ShareCard
from .svg import name

WIDTH: Final = 600
HEIGHT: Final = 315
"""Half of 1200 × 630, the size that those who show such pictures expect: a PNG is drawn twice as large."""

_MARGIN: Final = 44
_LETTER: Final = 0.52
"""Mean width of a letter, in the size of the type; an estimate on the wide side for the shipped face."""
_SIZES: Final = ((36, 3), (30, 3), (25, 4))
"""Sizes of the title and how many lines each may take, from the largest."""
_GROUND: Final = "#143c46"
_PAPER: Final = "#f8f5ee"
_LENS: Final = "#f2a65a"


def drawn(card: ShareCard) -> ET.Element:
    """The card as SVG; a title too long for its room ends in an ellipsis."""
    root = ET.Element(name("svg"), {"viewBox": f"0 0 {WIDTH} {HEIGHT}", "width": str(WIDTH), "height": str(HEIGHT)})
    ET.SubElement(root, name("title")).text = card.title
    ET.SubElement(root, name("rect"), {"width": str(WIDTH), "height": str(HEIGHT), "fill": _GROUND})
    ET.SubElement(root, name("rect"), {"width": str(WIDTH), "height": "7", "fill": _LENS})
    _mark(root)
    y = 68.0
    if card.kind:
        y = _line(root, _within(card.kind, 17, 1)[0], y, 17, fill=_LENS)
    size, lines = _title(card.title)
    y += size * 0.35
    for line in lines:
        y = _line(root, line, y + size * 0.82, size, weight="600")
    if card.place:
        _line(root, _within(card.place, 19, 1, WIDTH - 2 * _MARGIN - 140)[0], HEIGHT - 49, 19)
    _line(root, "odd17", HEIGHT - 47, 26, weight="600", x=WIDTH - _MARGIN, anchor="end")
    return root


def _title(title: str) -> tuple[int, list[str]]:
    for size, most in _SIZES:
        lines = textwrap.wrap(title, _letters(size))
        if len(lines) <= most:
            return size, lines
    size, most = _SIZES[-1]
    return size, _within(title, size, most)


def _within(text: str, size: int, lines: int, width: int = WIDTH - 2 * _MARGIN) -> list[str]:
    return textwrap.wrap(text, _letters(size, width), max_lines=lines, placeholder="…") or [""]


def _letters(size: int, width: int = WIDTH - 2 * _MARGIN) -> int:
    return int(width / (size * _LETTER))


def _line(
    root: ET.Element,
    text: str,
    y: float,
    size: int,
    *,
    fill: str = _PAPER,
    weight: str = "400",
    x: float = _MARGIN,
    anchor: str = "start",
) -> float:
    """Write one line; gives its y with the room below."""
    shown = {
        "x": f"{x:g}",
        "y": f"{y:g}",
        "font-size": str(size),
        "font-weight": weight,
        "fill": fill,
        "text-anchor": anchor,
    }
    ET.SubElement(root, name("text"), shown).text = text
    return y + size * 0.3


def _mark(root: ET.Element) -> None:
    """Two circles that meet, beside the name."""
    place = f"translate({WIDTH - _MARGIN - 122},{HEIGHT - 72}) scale(1.35)"
    group = ET.SubElement(root, name("g"), {"transform": place})
    ET.SubElement(group, name("path"), {"d": "M18 3.06a11 11 0 0 1 0 17.88a11 11 0 0 1 0-17.88z", "fill": _LENS})
    for x in ("12", "24"):
        circle = {"cx": x, "cy": "12", "r": "10.4", "fill": "none", "stroke": _PAPER, "stroke-width": "1.7"}
        ET.SubElement(group, name("circle"), circle)
