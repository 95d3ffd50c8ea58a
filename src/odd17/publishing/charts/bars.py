"""Bars in groups, each with its words: what was asked, promised and paid; or totals as a source prints them.

Written without the engine: it is drawn for one address, and never kept. The table of the same figures stands beside.
"""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from xml.etree import ElementTree as ET

from .palette import ACCENT, OTHER
from .rows import LETTER, add_words
from .svg import describe, name, written

_SPAN: Final = 220.0
_BAR: Final = 22.0
_WIDE: Final = 560.0
"""At least: few short bars are not shown larger than many long ones."""
_NARROW: Final = 340.0
_LOOKS: Final = (
    {"fill": "none", "stroke": OTHER, "stroke-width": "1.5"},
    {"fill": OTHER, "fill-opacity": "0.55", "stroke": OTHER, "stroke-width": "1.5"},
    {"fill": ACCENT},
)
"""An outline, a tint, a plain bar: they are told apart without their colours."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar of ``kind`` 0, 1 or 2; ``value`` None has words alone: it was not told, which is not zero."""

    value: float | None
    words: str
    kind: int = 2


@dataclass(frozen=True, slots=True)
class Bars:
    """Bars under one label; those of one ``scale`` (a currency, a unit) are in proportion, others are not."""

    label: str
    bars: tuple[Bar, ...]
    scale: str = ""


def bars_svg(title: str, groups: Sequence[Bars], *, narrow: bool = False) -> str:
    """The bars as SVG, downwards a group after the other; ``narrow`` for a telephone: words stand above their bars.

    Raises ValueError where there is no group, or a bar below zero.

    >>> bars_svg("Paid", [Bars("2024", (Bar(10.0, "10 EUR"),))]).count("<rect")
    1
    """
    told = [bar.value for group in groups for bar in group.bars if bar.value is not None]
    if not groups or min(told, default=0) < 0:
        raise ValueError("bars are drawn of one group at least, and never below zero")
    largest: dict[str, float] = {}
    for group in groups:
        values = [bar.value for bar in group.bars if bar.value is not None]
        largest[group.scale] = max([largest.get(group.scale, 0), *values])
    root = ET.Element(name("svg"), {"fill": "none"})
    y, width = 0.0, _NARROW if narrow else _WIDE
    for group in groups:
        y = _lines(root, group.label, 0, y + 14, narrow=narrow, weight="600") - 8
        width = max(width, 0 if narrow else LETTER * len(group.label))
        for bar in group.bars:
            length = max((bar.value or 0) / (largest[group.scale] or 1) * _SPAN, 1.0) if bar.value else 0.0
            if narrow:
                y = _lines(root, bar.words, 0, y + _BAR, narrow=True, muted=bar.value is None) - 1
                _mark(root, bar, length, y)
                y += 2 if length else -14
            else:
                y += _BAR
                _mark(root, bar, length, y)
                add_words(root, bar.words, length + 9, y, size="13", muted=bar.value is None)
                width = max(width, length + 9 + LETTER * len(bar.words))
        y += 18
    root.set("viewBox", f"0 0 {width:.0f} {y:g}")
    describe(root, title, interactive=False)
    return written(root)


def _lines(
    root: ET.Element, text: str, x: float, y: float, *, narrow: bool, weight: str = "400", muted: bool = False
) -> float:
    """``text`` from ``y``, in as many lines as a telephone needs; gives the y under them."""
    for line in textwrap.wrap(text, int(_NARROW / LETTER)) if narrow else [text]:
        add_words(root, line, x, y, size="13", weight=weight, muted=muted)
        y += 18
    return y


def _mark(root: ET.Element, bar: Bar, length: float, y: float) -> None:
    if length:
        look = {"x": "1", "y": f"{y - 7:g}", "width": f"{length:.1f}", "height": "14", **_LOOKS[bar.kind]}
        ET.SubElement(root, name("rect"), look)
