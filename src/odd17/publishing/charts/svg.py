"""From the engine's SVG to ours: no style, no script, no fixed size; short; it takes the colours of its page.

The pages' policy forbids inline styles and scripts, so what the drawing needs is said by presentation attributes, which
the pages' style sheet may override by class (``k0``…: the classes of a map; ``hatch-…``: absences; ``accent``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final
from xml.etree import ElementTree as ET

from . import theme
from .palette import INK, LIGHT_PAGE

SVG: Final = "http://www.w3.org/2000/svg"
XLINK: Final = "http://www.w3.org/1999/xlink"
ET.register_namespace("", SVG)

_KEPT: Final = frozenset(
    {
        "d", "dy", "fill", "fill-opacity", "font-size", "font-style", "font-weight", "height", "opacity", "stroke",
        "stroke-dasharray", "stroke-linejoin", "stroke-opacity", "stroke-width", "text-anchor", "transform", "width",
        "x", "x1", "x2", "y", "y1", "y2",
    }
)  # fmt: skip
_MARKERS: Final = {
    theme.TEXT: ("currentColor", None),
    theme.MUTED: ("currentColor", theme.MUTED_OPACITY),
    theme.LINE: ("currentColor", "0.18"),
    theme.PEERS: ("currentColor", "0.5"),
}
_NUMBER: Final = re.compile(r"-?\d*\.?\d+(?:e-?\d+)?")
_COMMAND: Final = re.compile(r"([MLZ])([^MLZ]*)")


def name(tag: str) -> str:
    """The qualified name of an SVG element.

    >>> name("path")
    '{http://www.w3.org/2000/svg}path'
    """
    return f"{{{SVG}}}{tag}"


def cleaned(source: str) -> ET.Element:
    """The engine's SVG without what a page may not or need not hold; descriptions are kept as ``aria-label`` on marks.

    Scripts, styles, handlers and links never pass: elements and attributes are those of a short list.
    """
    root = ET.fromstring(source)  # noqa: S314 - written by our own engine, a moment ago
    box = root.attrib["viewBox"]
    _clean(root)
    root.attrib.clear()
    root.set("viewBox", box)
    return root


def _clean(element: ET.Element) -> None:
    kept: list[ET.Element] = []
    for child in list(element):
        _clean(child)
        if _is_empty(child):
            continue
        if child.tag == name("g") and not child.attrib:
            kept.extend(child)  # a group that says nothing
        else:
            kept.append(child)
    for child in list(element):
        element.remove(child)
    element.extend(kept)
    label = element.get("aria-label") if element.get("aria-roledescription") == "geoshape" else None
    attributes = dict(element.attrib)
    element.attrib.clear()
    for key, value in attributes.items():
        if key in _KEPT:
            _set(element, key, value)
    if element.tag == name("g") and attributes.get("fill") == "none":
        element.set("fill", "none")
    if label is not None:
        element.set("aria-label", label)


def _is_empty(element: ET.Element) -> bool:
    """Whether nothing of the element is seen: an empty group, a path without shape or ink, a foreign element."""
    tag = element.tag.removeprefix(f"{{{SVG}}}") if isinstance(element.tag, str) else ""
    if tag == "g":
        return len(element) == 0
    if tag == "path":
        inked = element.get("fill", "none") != "none" or element.get("stroke", "none") != "none"
        return not element.get("d") or not inked
    if tag in ("line", "text", "tspan"):
        return False
    return tag != "rect" or element.get("fill") == "white"


def _set(element: ET.Element, key: str, value: str) -> None:
    if key in ("fill", "stroke") and value in _MARKERS:
        colour, opacity = _MARKERS[value]
        element.set(key, colour)
        if opacity is not None:
            element.set(f"{key}-opacity", opacity)
    elif key == "d":
        element.set(key, shortened(value))
    elif key == "transform":
        text = _NUMBER.sub(lambda match: _short(float(match[0])), value)
        if text != "translate(0,0)":
            element.set(key, text)
    elif key in ("opacity",) and value == "1":
        return
    elif key in ("font-size",):
        element.set(key, value.removesuffix("px"))
    else:
        element.set(key, value)


def shortened(path: str) -> str:
    """A path rounded to a tenth, points that coincide dropped; straight ones are written in relative steps.

    >>> shortened("M10,10L12.04,10L12.04,10.01L14,14.06Z")
    'M10,10l2,0,2,4.1z'
    """
    if re.search(r"[^MLZ\d.,e\s-]", path):
        return _NUMBER.sub(lambda match: _short(float(match[0])), path)
    parts: list[str] = []
    x = y = 0
    for command, numbers in _COMMAND.findall(path):
        if command == "Z":
            parts.append("z")
            continue
        coordinates = [round(float(value) * 10) for value in _NUMBER.findall(numbers)]
        for new_x, new_y in zip(coordinates[::2], coordinates[1::2], strict=True):
            if command == "M":
                parts.append(f"M{_tenth(new_x)},{_tenth(new_y)}")
            elif (new_x, new_y) == (x, y):
                continue
            else:
                step = f"{_tenth(new_x - x)},{_tenth(new_y - y)}"
                parts.append(f"l{step}" if parts[-1][0] in "Mz" else f",{step}")
            x, y = new_x, new_y
    return "".join(parts)


def _tenth(tenths: int) -> str:
    return _short(tenths / 10)


def _short(value: float) -> str:
    text = f"{value:.1f}".removesuffix(".0")
    return "0" if text == "-0" else text


def describe(root: ET.Element, title: str, *, interactive: bool) -> None:
    """Give the drawing its accessible name: a picture, or a group where parts of it are links."""
    root.set("role", "group" if interactive else "img")
    root.set("aria-label", title)
    heading = ET.Element(name("title"))
    heading.text = title
    root.insert(0, heading)


def add_watermark(root: ET.Element, words: str | None) -> None:
    """Write ``words`` across a drawing that has its accessible name, and add them to that name; nothing where None."""
    if words is None:
        return
    _, _, width, height = (float(part) for part in root.attrib["viewBox"].split())
    size = min(width / (0.62 * len(words)), 64.0)
    group = ET.SubElement(
        root,
        name("g"),
        {"class": "watermark", "fill": "currentColor", "fill-opacity": "0.17", "pointer-events": "none"},
    )
    lines = max(1, round(height / 340))
    for line in range(lines):
        x, y = width / 2, height * (line + 0.5) / lines
        look = {"x": _short(x), "y": _short(y), "font-size": _short(size), "font-weight": "600"}
        turn = f"rotate(-14 {_short(x)} {_short(y)})"
        ET.SubElement(group, name("text"), {**look, "text-anchor": "middle", "transform": turn}).text = words
    root.set("aria-label", f"{root.get('aria-label', '')} ({words})")
    heading = root.find(name("title"))
    if heading is not None:
        heading.text = root.get("aria-label")


def add_patterns(root: ET.Element, drawing: str, patterns: Mapping[str, str]) -> None:
    """Fill with a pattern what is drawn in a marker colour; ``patterns`` gives the pattern of each marker.

    Pattern identifiers carry the drawing's own, since a page may hold several.
    """
    used = {element.get("fill", "") for element in root.iter()} & set(patterns)
    if not used:
        return
    definitions = ET.Element(name("defs"))
    for marker in sorted(used):
        kind = patterns[marker]
        pattern = ET.SubElement(
            definitions,
            name("pattern"),
            {"id": f"{kind}-{drawing}", "width": "6", "height": "6", "patternUnits": "userSpaceOnUse"},
        )
        ET.SubElement(
            pattern,
            name("path"),
            {"d": PATTERNS[kind], "stroke": "currentColor", "stroke-opacity": "0.55", "stroke-width": "1"},
        )
    root.insert(0, definitions)
    for element in root.iter():
        kind = patterns.get(element.get("fill", ""), "")
        if kind:
            element.set("fill", f"url(#{kind}-{drawing})")
            element.set("class", kind)


PATTERNS: Final = {
    "hatch": "M-1,1l2,-2M0,6l6,-6M5,7l2,-2",
    "cross": "M0,0l6,6M0,6l6,-6",
    "dots": "M2,3h2",
    "lines": "M0,3h6",
}
"""The patterns by name: the path of one tile of 6 by 6."""


_NO_OUTLINE: Final = re.compile(rb'(class="(?:casing|here)" d=)""')


def prepare_outline(group: ET.Element, fill: str = "none") -> None:
    """Put an empty outline after the shapes of ``group``, above them all, for `outlined` to fill.

    A dark line in a light casing: one of the two is seen on any class and on any page. ``fill`` colours the shape
    outlined, where the map shows no class that it would hide.
    """
    for kind, colour, width, inside in (("casing", LIGHT_PAGE, "5", "none"), ("here", INK, "2.2", fill)):
        look = {"class": kind, "d": "", "stroke": colour, "stroke-width": width, "pointer-events": "none"}
        ET.SubElement(group, name("path"), {**look, "fill": inside})


def outlined(source: bytes, territory: str) -> bytes:
    """A map of ours with the shape of ``territory`` outlined; the map as it is where it has no such shape.

    The text is searched, not parsed: a page waits for it, and a map of the country has half a million characters.
    """
    shape = source.find(f'data-id="{territory}"'.encode())
    if shape < 0:
        return source
    start = source.index(b'<path d="', shape) + len(b'<path d="')
    path = source[start : source.index(b'"', start)]
    return _NO_OUTLINE.sub(lambda empty: empty[1] + b'"' + path + b'"', source)


def for_print(source: bytes) -> str:
    """A drawing of ours for a document: in the document's face, without links, tooltips or anything else unseen."""
    root = ET.fromstring(source)  # noqa: S314 - a drawing of our own
    root.set("font-family", theme.FONT)
    root.set("color", INK)
    for element in root.iter():
        if element.tag == name("a"):
            element.tag = name("g")
            element.attrib.clear()
        for child in element.findall(name("title")):
            element.remove(child)
    return written(root)


def marks(root: ET.Element) -> Iterator[tuple[ET.Element, ET.Element]]:
    """The marks that carry a description, each with its parent."""
    for parent in root.iter():
        for child in parent:
            if child.get("aria-label") is not None:
                yield parent, child


def written(root: ET.Element) -> str:
    """The SVG as text, in one line."""
    return ET.tostring(root, encoding="unicode", short_empty_elements=True)
