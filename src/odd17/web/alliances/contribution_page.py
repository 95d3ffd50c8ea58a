"""What the figures of an alliance add to its other pages: its public card, its report of evaluation."""

from __future__ import annotations

from dataclasses import replace

from odd17.publishing.contribution_document import contribution_blocks
from odd17.publishing.document import Document
from odd17.web.pages.contribution import Shown, contribution_shown
from odd17.workflows.contribution import contribution_readings
from odd17.workflows.releases import Release

from .contribution_services import figures_of, is_shown_publicly
from .models import Alliance
from .workspace_page import territory_of


def card_figures(alliance: Alliance, release: Release) -> list[Shown]:
    """The figures that stand on the public card: none unless every partner agreed to them."""
    kept, territory = figures_of(alliance), territory_of(alliance)
    if kept is None or territory is None or not is_shown_publicly(kept):
        return []
    return contribution_shown(release, territory, alliance.begun, kept.ended, kept.indicators)


def with_figures(document: Document, alliance: Alliance, release: Release, language: str) -> Document:
    """``document`` followed by the figures that the members chose."""
    kept, territory = figures_of(alliance), territory_of(alliance)
    if kept is None or territory is None:
        return document
    readings = contribution_readings(release, territory, alliance.begun, kept.ended, kept.indicators)
    return replace(document, blocks=(*document.blocks, *contribution_blocks(readings, language)))
