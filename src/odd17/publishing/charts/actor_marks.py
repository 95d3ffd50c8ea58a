"""The marks of those who were asked: a shape and a colour each, told apart without the colours."""

from __future__ import annotations

from typing import Final
from xml.etree import ElementTree as ET

from .rows import SYMBOLS
from .svg import name

COLOURS: Final = {
    "citizens": "#4b7fb3",
    "elected_officials": "#8a63c4",
    "companies": "#2f8a5f",
    "associations": "#b8487f",
}
"""At least 3:1 on the light and on the dark page."""

_SHAPES: Final = {"citizens": 3, "elected_officials": 1, "companies": 2, "associations": 4}


def add_mark(root: ET.Element, actor: str, x: float, y: float, *, filled: bool = True) -> None:
    """The mark of ``actor`` with its middle at ``x``, ``y``; its outline alone where it is not ``filled``."""
    colour = COLOURS[actor]
    look = {"class": f"actor {actor}", "fill": colour if filled else "none"}
    if not filled:
        look |= {"stroke": colour, "stroke-width": "2"}
    where = {"transform": f"translate({x:.1f},{y:g})"}
    ET.SubElement(root, name("path"), {"d": SYMBOLS[_SHAPES[actor]], **look, **where})
