"""The plan that drawings of a domain a row share: their measures, their lines and their words."""

from __future__ import annotations

from typing import Final
from xml.etree import ElementTree as ET

from .palette import ACCENT, OTHER
from .svg import name
from .theme import MUTED_OPACITY

WIDTH: Final = 250
"""Of the scale; domains are named before it, and what is read of them said after it."""
ROW: Final = 25
LETTER: Final = 6.9
"""A letter's mean width at size 14 in a wide face (Arial): the page's own may be any."""
SIZE: Final = "14"

SYMBOLS: Final = (
    "M6,0A6,6,0,1,1,-6,0A6,6,0,1,1,6,0Z",
    "M0,-6.5L5,0L0,6.5L-5,0Z",
    "M0,-5.5L5.5,4.5L-5.5,4.5Z",
    "M-4.5,-4.5H4.5V4.5H-4.5Z",
    "M0,5.5L5.5,-4.5L-5.5,-4.5Z",
)
"""The territory's symbol, then those of the territories beside it: they are told apart without their colours."""


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


def add_symbol(root: ET.Element, index: int, x: float, y: float) -> None:
    """The symbol of the territory spoken of (``index`` 0), or of one beside it."""
    look = {"class": "here", "fill": ACCENT} if index == 0 else {"class": "other", "fill": OTHER}
    shape = SYMBOLS[index % len(SYMBOLS)]
    ET.SubElement(root, name("path"), {"d": shape, "transform": f"translate({x:.1f},{y:g})", **look})
