"""What the page of the releases shows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from odd17.workflows.releases import Release, current_release, list_releases


@dataclass(frozen=True, slots=True)
class ReleaseLine:
    """A release: when it was built, whether it answers now."""

    release: Release
    built: datetime
    current: bool


@dataclass(frozen=True, slots=True)
class ReleasesPage:
    """The newest build first."""

    lines: tuple[ReleaseLine, ...]


def releases_page() -> ReleasesPage:
    """Gather the releases that are kept."""
    current = current_release().id
    return ReleasesPage(
        tuple(
            ReleaseLine(release, datetime.fromisoformat(release.manifest["created"]), release.id == current)
            for release in list_releases()
        )
    )
