"""Set two to four territories side by side."""

from __future__ import annotations

from collections.abc import Sequence

from odd17.core.diagnosis.side_by_side import SideBySide, check_comparable, lay_side_by_side
from odd17.store.releases import Release

from .diagnose import diagnosis_of


def compare(release: Release, territories: Sequence[str]) -> SideBySide:
    """Two to four territories (identifiers, codes or names) side by side, by domain and figure.

    Raises UsageError for another number or a territory given twice, UnknownTerritory or AmbiguousTerritory where a name
    is not that of one territory.
    """
    check_comparable(territories)
    found = [release.cog.resolve(name) for name in territories]
    check_comparable([territory.id for territory in found])
    return lay_side_by_side([diagnosis_of(release, territory) for territory in found])
