"""The colours of charts and maps, and the contrast between them (WCAG 2.1).

The ramps have one hue and run by lightness, so that they read the same in any vision of colours and in grey print.
"""

from __future__ import annotations

from typing import Final

FRAGILITY: Final = ("#fbe8d9", "#f1bd94", "#dd8752", "#b1532a", "#6f2a12")
"""Low to high fragility, light to dark."""

NEUTRAL: Final = ("#e6ebf1", "#bccad8", "#8aa2bb", "#587896", "#2d4a66")
"""Low to high value, for a figure whose direction is unknown: the cold hue says nothing of fragility."""

GAPS: Final = ("#2d4a66", "#8aa2bb", "#e6ebf1", "#f1bd94", "#b1532a")
"""Gaps, from seen as much less fragile to much more: cold, then none, then warm."""

ACCENT: Final = "#c2560f"
"""The territory spoken of; at least 3:1 on the light and on the dark page."""

OTHER: Final = "#4b7fb3"
"""Those it is compared with; at least 3:1 on the light and on the dark page."""

BORDER: Final = "#6b7280"
"""The line around shapes: gives an edge to the lightest class on white and to the darkest on black."""

INK: Final = "#1c2430"
"""Text and lines where there is no page to take them from: print, and files to take away."""

LIGHT_PAGE: Final = "#ffffff"
DARK_PAGE: Final = "#14181d"


def shades(count: int, *, ramp: tuple[str, ...] = FRAGILITY, descending: bool = False) -> tuple[str, ...]:
    """``count`` shades (at most the ramp's) that keep its ends; ``descending`` gives the darkest first.

    >>> shades(2) == (FRAGILITY[0], FRAGILITY[-1]), shades(1) == (FRAGILITY[2],)
    (True, True)
    """
    last = len(ramp) - 1
    if count > len(ramp):
        raise ValueError(f"{count} shades asked of a ramp of {len(ramp)}")
    places = [last // 2] if count == 1 else [round(index * last / (count - 1)) for index in range(count)]
    chosen = tuple(ramp[place] for place in places)
    return chosen[::-1] if descending else chosen


def luminance(colour: str) -> float:
    """The relative luminance of ``#rrggbb``, between 0 and 1 (WCAG 2.1, "relative luminance")."""
    channels = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return float(0.2126 * red + 0.7152 * green + 0.0722 * blue)


def contrast(first: str, second: str) -> float:
    """The contrast ratio of two colours, between 1 and 21 (WCAG 2.1, "contrast ratio").

    >>> contrast("#000000", "#ffffff")
    21.0
    """
    low, high = sorted((luminance(first), luminance(second)))
    return (high + 0.05) / (low + 0.05)
