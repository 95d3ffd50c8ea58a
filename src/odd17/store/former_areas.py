"""The régions, départements and EPCI that are none any more, as odd17 ships them."""

from __future__ import annotations

from pathlib import Path

from odd17.core.territories.cog import CURRENT_VINTAGE
from odd17.core.territories.former_areas import FormerArea

from .documents import read_document
from .places import shipped


def read_former_areas(path: Path | None = None) -> tuple[FormerArea, ...]:
    """Those in the file at ``path`` (None: those that odd17 ships); raises DataError where the file is damaged."""
    document = read_document(path or shipped() / "cog" / str(CURRENT_VINTAGE) / "former_areas.yml", "former-areas")
    return tuple(
        FormerArea(given["id"], given["name"], tuple(given["today"]), is_exact=given["exact"])
        for given in document["areas"]
    )
