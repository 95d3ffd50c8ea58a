"""The look that all drawings share, in the engine's terms.

Text and lines are drawn in marker colours that no figure uses; `svg` turns them into ``currentColor``, so that a
drawing takes the colours of the page it stands in, light or dark.
"""

from __future__ import annotations

from typing import Any, Final

from .palette import ACCENT, OTHER

TEXT: Final = "#010203"
MUTED: Final = "#010204"
LINE: Final = "#010205"
PEERS: Final = "#010206"

MUTED_OPACITY: Final = "0.75"

FONT: Final = "Source Sans Pro"

CONFIG: Final[dict[str, Any]] = {
    "background": None,
    "font": FONT,
    "padding": 4,
    "view": {"stroke": None},
    "axis": {
        "labelColor": TEXT,
        "titleColor": MUTED,
        "titleFontWeight": "normal",
        "labelFontSize": 14,
        "titleFontSize": 13,
        "domainColor": LINE,
        "tickColor": LINE,
        "gridColor": LINE,
        "labelLimit": 260,
    },
    "legend": {
        "labelColor": TEXT,
        "titleColor": TEXT,
        "labelFontSize": 15,
        "titleFontSize": 15,
        "titleFontWeight": 600,
        "labelLimit": 320,
        "titleLimit": 560,
        "symbolStrokeWidth": 0.6,
    },
    "text": {"color": TEXT, "fontSize": 14},
}

FRENCH: Final[dict[str, Any]] = {
    "decimal": ",",
    "thousands": "\u202f",
    "grouping": [3],
    "currency": ["", "\u00a0€"],
    "percent": "\u00a0%",
    "minus": "\u2212",
}
ENGLISH: Final[dict[str, Any]] = {
    "decimal": ".",
    "thousands": ",",
    "grouping": [3],
    "currency": ["€", ""],
    "minus": "\u2212",
}


def number_locale(language: str) -> dict[str, Any]:
    """How the engine writes the numbers of an axis, as `odd17.publishing.format` does."""
    return FRENCH if language == "fr" else ENGLISH


_SHAPES: Final = ("circle", "diamond", "triangle-up", "square", "triangle-down", "cross")


def series_shapes(count: int) -> list[str]:
    """A symbol for each territory of a chart, the one spoken of first: they are told apart without their colours."""
    return [_SHAPES[index % len(_SHAPES)] for index in range(count)]


def series_colours(count: int) -> list[str]:
    """The accent for the territory spoken of, one calm colour for those beside it."""
    return [ACCENT, *[OTHER] * (count - 1)][:count]
