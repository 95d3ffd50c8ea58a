"""Find communes that are none any more, and which commune holds each today."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from odd17.core.territories import Cog, FormerCommune, FormerCommunes, Territory
from odd17.store.movements import known_former_communes, movements_file


def former_named(
    cog: Cog, text: str, limit: int = 5, *, home: Path | None = None
) -> list[tuple[FormerCommune, Territory]]:
    """The former communes that ``text`` may mean, best first, each with the commune of ``cog`` that holds it today.

    The list that odd17 ships and, where it is installed, INSEE's file of movements are searched.
    """
    file = movements_file(home)
    index = _index(cog, home, None if file is None else (file, file.stat().st_mtime_ns))
    return [(found, cog[found.holder]) for found in index.search(text, limit)]


@lru_cache(maxsize=4)
def _index(cog: Cog, home: Path | None, file: tuple[Path, int] | None) -> FormerCommunes:
    return FormerCommunes(known_former_communes(home), cog)
