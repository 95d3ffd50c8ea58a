"""What the page of the releases shows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path

from odd17.core.indicators.indicator import Indicator
from odd17.core.territories.territory import Territory
from odd17.workflows.release_changes import ReleaseChanges, compare_releases
from odd17.workflows.releases import Release, current_release, list_releases, open_release

MOST = 12
"""Releases whose changes are shown; older ones are listed alone, for comparing takes time."""


@dataclass(frozen=True, slots=True)
class ReleaseLine:
    """A release: when it was built, whether it answers now, what it changed from the one before."""

    release: Release
    built: datetime
    current: bool
    changes: ReleaseChanges | None
    named: Mapping[str, Territory]


@dataclass(frozen=True, slots=True)
class ReleasesPage:
    """The newest build first."""

    lines: tuple[ReleaseLine, ...]
    indicators: Mapping[str, Indicator]


def releases_page(home: Path | None = None) -> ReleasesPage:
    """Gather the releases that are kept, each with what it changed from the one built before it."""
    kept = list_releases(home)
    current = current_release(home).id
    lines = []
    for place, release in enumerate(kept):
        before = kept[place + 1] if place + 1 < len(kept) else None
        changes = _changes(before.id, release.id, home) if before is not None and place < MOST else None
        built = datetime.fromisoformat(release.manifest["created"])
        named = {} if changes is None else _named(changes, release)
        lines.append(ReleaseLine(release, built, release.id == current, changes, named))
    indicators = {id: item for release in reversed(kept) for id, item in release.indicators.items()}
    return ReleasesPage(tuple(lines), indicators)


def changes_between(before: Release, after: Release) -> tuple[ReleaseLine, Mapping[str, Indicator]]:
    """What ``after``, which may not be published, would change, as a line of the page; and the indicators by id."""
    changes = compare_releases(before, after)
    built = datetime.fromisoformat(after.manifest["created"])
    return ReleaseLine(after, built, False, changes, _named(changes, after)), before.indicators | after.indicators


@lru_cache(maxsize=MOST)
def _changes(before: str, after: str, home: Path | None) -> ReleaseChanges:
    return compare_releases(open_release(before, home), open_release(after, home))


def _named(changes: ReleaseChanges, release: Release) -> Mapping[str, Territory]:
    found = {change.territory for item in (*changes.figures, *changes.ranks) for change in item.largest}
    return {identifier: release.cog[identifier] for identifier in found if identifier in release.cog}
