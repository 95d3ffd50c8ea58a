"""A line of time: days with what happened on each, the day looked at among them. Its table or list stands beside.

Written without the engine: it is drawn for one address, and never kept.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final
from xml.etree import ElementTree as ET

from odd17.publishing.format import day as in_words
from odd17.publishing.language import translator

from .rows import LETTER, add_line, add_symbol, add_words
from .svg import describe, name, written

_LEFT: Final = 24.0
_SPAN: Final = 300.0
_ROW: Final = 26.0


@dataclass(frozen=True, slots=True)
class Moment:
    """A day on the line and its words; ``here`` is the day looked at."""

    day: date
    words: str
    here: bool = False


def timeline_svg(moments: Sequence[Moment], language: str) -> str:
    """The line as SVG: downwards a row a moment, to the right the days in proportion; ValueError where there is none.

    >>> "2020" in timeline_svg([Moment(date(2020, 5, 7), "publication")], "en")
    True
    """
    if not moments:
        raise ValueError("a line of time has at least one moment")
    _ = translator(language)
    ordered = sorted(moments, key=lambda one: one.day)
    first, last = ordered[0].day, ordered[-1].day
    length = max((last - first).days, 1)
    bottom = 20 + _ROW * len(ordered)
    root = ET.Element(name("svg"), {"fill": "none"})
    grid = ET.SubElement(root, name("g"), {"class": "grid", "stroke": "currentColor", "stroke-opacity": "0.18"})
    widest = 0
    for place, moment in enumerate(ordered):
        x = _LEFT + _SPAN * (moment.day - first).days / length
        y = 24 + _ROW * place
        add_line(grid, _LEFT, y, x, y)
        add_line(grid, x, y, x, bottom)
        add_symbol(root, 0 if moment.here else 1, x, y)
        text = f"{in_words(moment.day, language)} · {moment.words}"
        add_words(root, text, _LEFT + _SPAN + 16, y, weight="600" if moment.here else "400", size="12")
        widest = max(widest, len(text))
    add_line(grid, _LEFT, bottom, _LEFT + _SPAN, bottom)
    root.set("viewBox", f"0 0 {_LEFT + _SPAN + 16 + LETTER * widest:.0f} {bottom + 14:.0f}")
    described = _("Line of time from {first} to {last}", first=in_words(first, language), last=in_words(last, language))
    describe(root, described, interactive=False)
    return written(root)
