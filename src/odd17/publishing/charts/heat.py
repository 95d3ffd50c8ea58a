"""The drawing of the systemic view: domains down, territories across, a shade and a number in each cell.

Written without the engine. What is not known is hatched and said by a sign; the table of the page has the words.
"""

from __future__ import annotations

from typing import Final
from xml.etree import ElementTree as ET

from .crossing_drawings import HeatCell, HeatChart
from .palette import FRAGILITY, GAPS, INK, LIGHT_PAGE, contrast
from .rows import LETTER, add_words
from .svg import add_watermark, describe, name, written

CELL: Final = 38.0
_HEIGHT: Final = 26.0


def heat_svg(drawing: HeatChart) -> bytes:
    """The systemic view as SVG, drawn in this process."""
    return written(drawn(drawing)).encode()


def drawn(drawing: HeatChart) -> ET.Element:
    """The systemic view: names of territories slanted above, cells, then what the shades say."""
    left = 14 + LETTER * max((len(label) for label, _cells in drawing.rows), default=1)
    top = 16 + 0.72 * LETTER * max((len(column) for column in drawing.columns), default=1)
    shades = GAPS if drawing.diverging else FRAGILITY
    root = ET.Element(name("svg"), {"fill": "none"})
    for place, column in enumerate(drawing.columns):
        x = left + CELL * (place + 0.5)
        add_words(root, column, 0, 0, size="12")
        root[-1].attrib |= {"x": "0", "y": "0", "transform": f"translate({x:.1f},{top - 6:.1f}) rotate(-45)"}
    y = top
    for label, cells in drawing.rows:
        add_words(root, label, left - 10, y + _HEIGHT / 2, anchor="end", size="13")
        for place, cell in enumerate(cells):
            _cell(root, cell, left + CELL * place, y, shades)
        y += _HEIGHT
    y += 22
    low, high, absent = drawing.legend
    for place, shade in enumerate(shades):
        _box(root, left + 22 * place, y - 8, 20, 16, shade)
    add_words(root, f"{low} → {high}", left + 22 * len(shades) + 10, y, size="13")
    y += 22
    add_words(root, absent, left, y, size="13", muted=True)
    right = 0.72 * LETTER * max((len(column) for column in drawing.columns[-2:]), default=1)
    root.set("viewBox", f"0 0 {left + CELL * len(drawing.columns) + right:.0f} {y + 18:.0f}")
    describe(root, drawing.title, interactive=False)
    add_watermark(root, drawing.watermark)
    return root


def _cell(root: ET.Element, cell: HeatCell, x: float, y: float, shades: tuple[str, ...]) -> None:
    if cell.shade is None:
        edge = {"x": f"{x + 1:.1f}", "y": f"{y + 1:.1f}", "width": f"{CELL - 2:g}", "height": f"{_HEIGHT - 2:g}"}
        ET.SubElement(root, name("rect"), {**edge, "stroke": "currentColor", "stroke-opacity": "0.3"})
        add_words(root, cell.text, x + CELL / 2, y + _HEIGHT / 2, anchor="middle", size="12", muted=True)
        return
    shade = shades[cell.shade]
    _box(root, x + 1, y + 1, CELL - 2, _HEIGHT - 2, shade)
    add_words(root, cell.text, x + CELL / 2, y + _HEIGHT / 2, anchor="middle", size="12")
    root[-1].set("fill", max((INK, LIGHT_PAGE), key=lambda ink: contrast(ink, shade)))


def _box(root: ET.Element, x: float, y: float, width: float, height: float, shade: str) -> None:
    box = {"x": f"{x:.1f}", "y": f"{y:.1f}", "width": f"{width:g}", "height": f"{height:g}", "fill": shade}
    ET.SubElement(root, name("rect"), box)
