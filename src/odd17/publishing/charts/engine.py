"""The drawing engine. It loads Altair and vl-convert (some 300 MB with V8): only `odd17.publishing.drawing`'s own
process imports this module, by name."""

from __future__ import annotations

from typing import Any, Final
from xml.etree import ElementTree as ET

import font_source_sans_pro
import vl_convert

from . import card, choropleth, gaps, heat, lines, profile, quadrants, ranks, shares, spread, svg, theme
from .crossing_drawings import GapChart, HeatChart, QuadrantChart, ShareChart
from .drawings import ChoroplethMap, CourseChart, Distribution, DomainProfile, DomainRanks, Drawing, ShareCard
from .frame import framed
from .palette import ACCENT

FONTS: Final = f"'{theme.FONT}', system-ui, sans-serif"
_MOST_TAB_STOPS: Final = 120
"""Past this many shapes, links are left out of the tab order: the table beside the map is the keyboard's way."""

vl_convert.register_font_directory(font_source_sans_pro.font_directory)


def draw(drawing: Drawing, output: str) -> bytes:
    """The drawing as ``svg`` (for a page), ``framed`` (SVG to take away) or ``png`` (framed, twice its size)."""
    root = _drawn(drawing)
    if output != "svg":
        if drawing.caption is not None:
            root = framed(root, drawing.caption)
        root.set("font-family", FONTS)
    made = svg.written(root).encode()
    if isinstance(drawing, ChoroplethMap) and drawing.here is not None:
        made = svg.outlined(made, drawing.here)
    if output in ("svg", "framed"):
        return made
    if output == "png":
        return bytes(vl_convert.svg_to_png(made.decode(), scale=2.0))
    raise ValueError(f"{output!r} is none of svg, framed, png")


def _drawn(drawing: Drawing) -> ET.Element:
    match drawing:
        case ChoroplethMap():
            root = svg.cleaned(_converted(choropleth.spec(drawing), "fr"))
            _finish_map(root, drawing)
            svg.describe(root, drawing.title, interactive=any(shape.href for shape in drawing.shapes))
            svg.add_watermark(root, drawing.watermark)
        case DomainProfile():
            root = profile.drawn(drawing)
        case DomainRanks():
            root = ranks.drawn(drawing)
        case CourseChart():
            root = lines.drawn(drawing)
        case ShareCard():
            root = card.drawn(drawing)
        case GapChart():
            root = gaps.drawn(drawing)
        case QuadrantChart():
            root = quadrants.drawn(drawing)
        case HeatChart():
            root = heat.drawn(drawing)
        case ShareChart():
            root = shares.drawn(drawing)
        case Distribution():
            root = svg.cleaned(_converted(spread.spec(drawing), drawing.language))
            svg.describe(root, drawing.title, interactive=False)
    if isinstance(drawing, ChoroplethMap | Distribution):  # the others mark themselves
        svg.add_watermark(root, drawing.watermark)
    return root


def _converted(spec: dict[str, Any], language: str) -> str:
    text: str = vl_convert.vegalite_to_svg(
        spec, config=theme.CONFIG, format_locale=theme.number_locale(language), allowed_base_urls=[]
    )
    return text


def _finish_map(root: ET.Element, drawing: ChoroplethMap) -> None:
    """Patterns for absences, classes for the style sheet, and for each shape its identifier, title and link."""
    shades = {entry.colour: f"k{index}" for index, entry in enumerate(drawing.legend) if entry.colour}
    for element in root.iter():
        shade = shades.get(element.get("fill", ""))
        if shade is not None:
            element.set("class", shade)
    patterns = {choropleth.marker(index): entry.pattern for index, entry in enumerate(drawing.legend) if entry.pattern}
    svg.add_patterns(root, drawing.id, patterns)
    shapes = {shape.id: shape for shape in drawing.shapes}
    far_from_keyboard = sum(1 for shape in drawing.shapes if shape.href) > _MOST_TAB_STOPS
    found = list(svg.marks(root))
    if not found:
        return
    parent, path = found[0]
    group = ET.Element(svg.name("g"), {"class": "territories"})
    for key in ("stroke", "stroke-width", "stroke-linejoin"):  # said once for all shapes
        group.set(key, path.attrib[key])
    parent.insert(list(parent).index(path), group)
    for parent, path in found:
        parent.remove(path)
        shape = shapes[path.attrib.pop("aria-label")]
        for key in ("stroke", "stroke-width", "stroke-linejoin"):
            del path.attrib[key]
        wrapper = ET.SubElement(group, svg.name("a" if shape.href else "g"), {"data-id": shape.id})
        if shape.href:
            wrapper.set("href", shape.href)
            wrapper.set("aria-label", shape.title)
            if far_from_keyboard:
                wrapper.set("tabindex", "-1")
        ET.SubElement(wrapper, svg.name("title")).text = shape.title
        wrapper.append(path)
    svg.prepare_outline(group, fill="none" if drawing.legend_title else ACCENT)
