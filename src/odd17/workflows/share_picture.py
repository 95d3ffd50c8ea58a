"""The picture that stands for a practice where its page is shared, drawn once for what it says."""

from __future__ import annotations

import hashlib
from pathlib import Path

from odd17.publishing.charts.drawings import ShareCard
from odd17.publishing.drawing import Output
from odd17.store import places
from odd17.store.kept_files import keep

from .drawing_process import drawing_process

_SHAPE = "1"  # another one where the card is drawn otherwise


def share_picture(title: str, kind: str, place: str, home: Path | None = None) -> bytes:
    """A PNG of 1200 × 630 that says ``title``, ``kind`` and ``place``; drawn in the drawing process, then kept."""
    folder = (home or places.home()) / "cache"
    said = "\0".join((_SHAPE, title, kind, place))
    path = folder / "share" / f"{hashlib.sha256(said.encode('utf-8', 'replace')).hexdigest()[:32]}.png"
    if path.is_file():
        return path.read_bytes()
    drawn = drawing_process().draw(ShareCard(title, kind, place), Output.PNG)
    keep(path, drawn, folder)
    return drawn
