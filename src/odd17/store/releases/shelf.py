"""The shelf of releases: which there are, which one answers, and switching between them."""

from __future__ import annotations

import json
import os
import tempfile
from contextlib import suppress
from functools import lru_cache
from pathlib import Path

from odd17.core.kernel import Message, ReleaseError, UnknownRelease
from odd17.store.whole_files import sync_folder

from . import layout
from .release import Release


def open_release(id: str, home: Path | None = None) -> Release:
    """The release called ``id``; raises ReleaseError where there is none or its manifest cannot be read."""
    folder = layout.releases_folder(home)
    manifest = folder / id / layout.MANIFEST
    if not layout.IDENTIFIER.fullmatch(id) or not manifest.is_file():
        raise UnknownRelease(id, _identifiers(folder))
    return _opened(folder.resolve() / id, manifest.stat().st_mtime_ns)


def current_release(home: Path | None = None) -> Release:
    """The release that answers now; raises ReleaseError where none was built."""
    try:
        id = (layout.releases_folder(home) / layout.CURRENT).read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        raise ReleaseError("No release was built yet. Run: odd17 release build") from None
    return open_release(id, home)


def list_releases(home: Path | None = None) -> list[Release]:
    """Every release, the newest build first; one whose manifest cannot be read is left out (opening it says why)."""
    releases = []
    for id in _identifiers(layout.releases_folder(home)):
        with suppress(ReleaseError):
            releases.append(open_release(id, home))
    return sorted(releases, key=lambda release: (release.manifest["created"], release.id), reverse=True)


def use(id: str, home: Path | None = None) -> Release:
    """Make the release called ``id`` the one that answers, by one rename; raises ReleaseError where there is none."""
    release = open_release(id, home)
    folder = layout.releases_folder(home)
    handle, name = tempfile.mkstemp(prefix=layout.POINTER_PREFIX, dir=folder)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(release.id + "\n")
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(0o644)
        Path(name).replace(folder / layout.CURRENT)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise
    sync_folder(folder)
    return release


def take_in(id: str, origin: Path, home: Path | None = None) -> Release:
    """Move the release ``id`` from the home ``origin`` to the shelf of ``home``, by one rename; it is not switched to.

    A release that is there already stays: the same identifier is the same bytes. Raises ReleaseError where ``origin``
    has no such release.
    """
    folder = layout.releases_folder(home)
    folder.mkdir(parents=True, exist_ok=True)
    if not (folder / id).exists():
        open_release(id, origin).path.rename(folder / id)
        sync_folder(folder)
    return open_release(id, home)


@lru_cache(maxsize=4)  # few: each keeps the country's territories once they were asked for
def _opened(path: Path, written: int) -> Release:
    try:
        manifest = json.loads((path / layout.MANIFEST).read_bytes())
    except (OSError, ValueError) as error:
        raise ReleaseError(
            Message(
                "Release {path} is damaged: {manifest} cannot be read. Run: odd17 release verify {path}",
                path=path.name,
                manifest=layout.MANIFEST,
            ),
        ) from error
    if not isinstance(manifest, dict) or manifest.get("id") != path.name or "resources" not in manifest:
        raise ReleaseError(
            Message(
                "Release {path} is damaged: {manifest} is not this release's manifest.",
                path=path.name,
                manifest=layout.MANIFEST,
            ),
        )
    if manifest.get("format", 1) > layout.FORMAT:
        raise ReleaseError(
            Message(
                "Release {path} was built by a newer odd17 (format {format}; this one reads up to "
                "{known}). Install that odd17, or choose another release: odd17 release list, odd17 "
                "release use.",
                path=path.name,
                format=manifest["format"],
                known=layout.FORMAT,
            ),
        )
    return Release(path, manifest)


def _identifiers(folder: Path) -> list[str]:
    if not folder.is_dir():
        return []
    return sorted(path.name for path in folder.iterdir() if layout.IDENTIFIER.fullmatch(path.name))
