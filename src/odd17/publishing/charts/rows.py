"""The plan that drawings of a domain a row share: their measures, their lines and their words."""

from __future__ import annotations

from typing import Final
from xml.etree import ElementTree as ET

from .svg import name
from .theme import MUTED_OPACITY

WIDTH: Final = 250
"""Of the scale; domains are named before it, and what is read of them said after it."""
ROW: Final = 25
LETTER: Final = 6.9
"""A letter's mean width at size 14 in a wide face (Arial): the page's own may be any."""
SIZE: Final = "14"


def add_line(grid: ET.Element, x1: float, y1: float, x2: float, y2: float) -> None:
    """A line of ``grid``."""
    ET.SubElement(grid, name("line"), {"x1": f"{x1:.1f}", "y1": f"{y1:g}", "x2": f"{x2:.1f}", "y2": f"{y2:g}"})


def add_words(
    root: ET.Element,
    text: str,
    x: float,
    y: float,
    *,
    anchor: str = "start",
    size: str = SIZE,
    weight: str = "400",
    muted: bool = False,
) -> None:
    """``text`` that starts, ends or has its middle at ``x``, as ``anchor`` says; ``y`` is the middle of its height."""
    look = {"x": f"{x:.1f}", "y": f"{y + 4.5:g}", "font-size": size, "fill": "currentColor"}
    if anchor != "start":
        look["text-anchor"] = anchor
    if weight != "400":
        look["font-weight"] = weight
    if muted:
        look["fill-opacity"] = MUTED_OPACITY
    ET.SubElement(root, name("text"), look).text = text
