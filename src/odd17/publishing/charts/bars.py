"""Bars in groups, each with its words: what was asked, promised and paid; or totals as a source prints them.

Written without the engine: it is drawn for one address, and never kept. The table of the same figures stands beside.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from xml.etree import ElementTree as ET

from .palette import ACCENT, OTHER
from .rows import LETTER, add_words
from .svg import describe, name, written

_SPAN: Final = 220.0
_BAR: Final = 22.0
_SIZE: Final = "13"
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


def bars_svg(title: str, groups: Sequence[Bars]) -> str:
    """The bars as SVG, downwards a group after the other; ValueError where there is none or one is negative.

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
    y, widest = 0.0, 0.0
    for group in groups:
        y += 14
        add_words(root, group.label, 0, y, weight="600", size=_SIZE)
        widest = max(widest, LETTER * len(group.label))
        y += 10
        for bar in group.bars:
            y += _BAR
            length = 0.0
            if bar.value:
                length = max(_SPAN * bar.value / largest[group.scale], 1.0)
                look = {"x": "1", "y": f"{y - 7:g}", "width": f"{length:.1f}", "height": "14", **_LOOKS[bar.kind]}
                ET.SubElement(root, name("rect"), look)
            add_words(root, bar.words, length + 9, y, size=_SIZE, muted=bar.value is None)
            widest = max(widest, length + 9 + LETTER * len(bar.words))
        y += 18
    root.set("viewBox", f"0 0 {widest:.0f} {y:g}")
    describe(root, title, interactive=False)
    return written(root)
