"""Maps and charts on pages: the SVG, what it shows in words, and the files to take it away."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import get_script_prefix, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from odd17.core.kernel import UsageError
from odd17.core.territories.levels import Level
from odd17.core.territories.territory import Territory
from odd17.workflows.draw import map_svg
from odd17.workflows.releases import Release


@dataclass(frozen=True, slots=True)
class File:
    """A file to take away."""

    label: str
    address: str


def table_files(name: str, *of: str, query: str = "") -> tuple[File, ...]:
    """A table in the three formats: ``name`` of the address, ``of`` its arguments before the format."""
    labels = (
        (_("Table (CSV)"), "csv"),
        (_("Table (CSV for a French spreadsheet)"), "tableur-fr"),
        (_("Table (XLSX)"), "xlsx"),
    )
    return tuple(File(label, reverse(name, args=[*of, kind]) + query) for label, kind in labels)


@dataclass(frozen=True, slots=True)
class Drawing:
    """A map or a chart (``kind``) as a page holds it; ``anchor`` is the place after it, for who skips its links."""

    kind: str
    anchor: str

    svg: SafeString
    caption: str
    files: tuple[File, ...]


def on_page(svg: bytes) -> SafeString:
    """The SVG of our own engine, its links kept within the release that the page reads.

    It is written by odd17 from a short list of elements and attributes, names escaped: it may stand in a page as it is.
    """
    prefix = get_script_prefix().removesuffix("/")
    text = svg.decode()
    return SafeString(text.replace(' href="/', f' href="{prefix}/') if prefix else text)


def in_two_widths(wide: bytes, narrow: bytes) -> SafeString:
    """A drawing in two widths, of which the style sheet shows the one that the screen has room for."""
    return format_html('<div class="wide">{}</div><div class="narrow">{}</div>', on_page(wide), on_page(narrow))


@dataclass(frozen=True, slots=True)
class MapElsewhere:
    """A map too heavy for the page: it comes after the page, from an address of its own."""

    kind: str
    address: str
    caption: str


HEAVY = (Level.EPCI, Level.COMMUNE)
"""Levels whose map has hundreds of shapes, each a link: a page loads it afterwards."""


def map_elsewhere(subject: str, level: Level, caption: str, within: str | None, here: str | None) -> MapElsewhere:
    """Where the map is that a page loads afterwards."""
    return MapElsewhere("later", reverse("map", args=[level.value, subject]) + _asked(within, here), caption)


def map_drawing(
    release: Release,
    subject: str,
    level: Level,
    language: str,
    caption: str,
    *,
    within: str | None = None,
    here: str | None = None,
) -> Drawing | None:
    """A map with its files, or None where the release has nothing to draw for it."""
    try:
        svg = map_svg(release, subject, level, language, within=within, here=here)
    except UsageError:
        return None
    files = tuple(
        File(label, reverse("map_file", args=[level.value, subject, kind]) + _asked(within, here))
        for label, kind in ((_("Map (SVG)"), "svg"), (_("Map (PNG)"), "png"))
    )
    return Drawing("map", f"after-{level.value}-{subject}", on_page(svg), caption, files)


def _asked(within: str | None, here: str | None) -> str:
    asked = urlencode({key: value for key, value in (("dans", within), ("ici", here)) if value})
    return f"?{asked}" if asked else ""


def place_of(territory: Territory) -> tuple[Level, str | None, str | None]:
    """The map on which a territory is seen: its level, the département that frames it, and what to outline."""
    if territory.level.is_single:
        return Level.REGION, None, None
    if territory.level is Level.OWN:
        return Level.COMMUNE, territory.id, None
    if territory.level is Level.COMMUNE:
        within = next(parent for parent in territory.parents if parent.startswith("DEP-"))
        return Level.COMMUNE, within, territory.id
    return territory.level, None, territory.id
