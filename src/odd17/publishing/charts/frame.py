"""The frame of a drawing that leaves the platform: title above; source, citation and release below."""

from __future__ import annotations

import textwrap
from typing import Final
from xml.etree import ElementTree as ET

from .captions import Caption
from .palette import INK, LIGHT_PAGE
from .svg import name

_MARGIN: Final = 20
_LETTER: Final = 0.5
"""Mean width of a letter, in the size of the type; an estimate on the wide side for the shipped face."""


def framed(root: ET.Element, caption: Caption) -> ET.Element:
    """``root`` on a white ground under its title and above its lines of source and citation, wrapped to its width."""
    _, _, width, height = (float(part) for part in root.attrib["viewBox"].split())
    inner = max(width, 420.0)
    drawing = ET.Element(name("g"))
    drawing.extend(list(root))
    top = ET.Element(name("g"))
    y = _text(top, caption.title, inner, y=_MARGIN, size=21, weight="600")
    y = _text(top, caption.subtitle, inner, y=y + 3, size=15)
    drawing.set("transform", f"translate({_MARGIN},{y + 14:g})")
    bottom = ET.Element(name("g"), {"fill-opacity": "0.8"})
    y += 14 + height + 12
    for line in caption.lines:
        y = _text(bottom, line, inner, y=y, size=12)
    new_width, new_height = inner + 2 * _MARGIN, y + _MARGIN
    frame = ET.Element(
        name("svg"), {**root.attrib, "viewBox": f"0 0 {new_width:g} {new_height:g}", "color": INK, "fill": "none"}
    )
    ET.SubElement(frame, name("rect"), {"width": "100%", "height": "100%", "fill": LIGHT_PAGE})
    frame.extend([top, drawing, bottom])
    return frame


def _text(parent: ET.Element, text: str, width: float, *, y: float, size: int, weight: str = "400") -> float:
    """Write ``text`` from ``y`` down, wrapped; gives the y of its end."""
    for line in textwrap.wrap(text, max(20, int(width / (size * _LETTER)))):
        y += size * 1.3
        element = ET.SubElement(
            parent,
            name("text"),
            {"x": str(_MARGIN), "y": f"{y:.1f}", "font-size": str(size), "font-weight": weight, "fill": "currentColor"},
        )
        element.text = line
    return y
