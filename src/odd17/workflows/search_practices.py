"""Search of practices: what the site, the API and the commands ask of the index, and how it follows what is public."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping
from contextlib import AbstractContextManager
from functools import lru_cache
from pathlib import Path
from typing import Final

from odd17.core.kernel import DataError
from odd17.core.practices.case import Case
from odd17.core.practices.query import PAGE, FoundPractices, PracticeQuery, Suggestions
from odd17.store.places import home
from odd17.store.releases import Release, current_release
from odd17.store.search import Place, Places, PracticeIndex, Synonyms, load_synonyms
from odd17.store.search.synonyms import FILE
from odd17.store.whole_files import write_whole

from .nearness import distances

_LOG: Final = logging.getLogger("odd17.search")
_FOLLOWED: Final = "followed"


def search_practices(query: PracticeQuery, size: int = PAGE) -> FoundPractices:
    """What ``query`` finds among public practices, ``size`` a page.

    Raises SearchUnavailable where there is no index: see :func:`rebuild_practice_index`.
    """
    return _index().search(query, size)


def suggest_practices(prefix: str, language: str | None = None) -> Suggestions:
    """What is offered to who has typed ``prefix``. Raises SearchUnavailable where there is no index."""
    return _index().suggest(prefix, language)


def found_practices(query: PracticeQuery, most: int) -> tuple[str, ...]:
    """The numbers of the first ``most`` practices that ``query`` finds. Raises as :func:`search_practices`."""
    return _index().identifiers(query, most)


def rebuild_practice_index(cases: Iterable[Case]) -> int:
    """Build the index again from every public case while the old one answers; how many it holds.

    Raises DataError where the editors' file of synonyms is wrong, naming the line.
    """
    load_synonyms(home())
    return _index().replace_all(cases)


def change_practice_index(put: Iterable[Case], removed: Iterable[str]) -> None:
    """Hold what became public and forget what no longer is; on disk before return.

    Raises SearchUnavailable where there is no index, Odd17Error where another process writes for too long.
    """
    _index().change(put, removed)


def indexed_practices() -> Mapping[str, str]:
    """The number of each practice in the index, and its version. Raises SearchUnavailable where there is no index."""
    return _index().versions()


def following_practices() -> AbstractContextManager[bool]:
    """Whether this process alone may bring the index up to date now, for as long as that is held."""
    return _index().following()


def practices_followed() -> str:
    """Up to which version of the base the index is known to follow; empty where that is not known."""
    try:
        return (_folder() / _FOLLOWED).read_text(encoding="ascii")
    except (OSError, UnicodeDecodeError):
        return ""


def note_practices_followed(version: str) -> None:
    """Note that the index holds what was public at this version of the base."""
    write_whole(_folder() / _FOLLOWED, version.encode("ascii"), parents=True)


def _folder() -> Path:
    return home() / "search" / "practices"


def _index() -> PracticeIndex:
    own = home() / FILE
    changed = own.stat().st_mtime_ns if own.is_file() else 0
    return _opened(_folder(), current_release(), changed)


@lru_cache(maxsize=4)
def _opened(folder: Path, release: Release, _synonyms_changed: int) -> PracticeIndex:
    return PracticeIndex(folder, _places(release), _synonyms(), distances(release.cog))


def _synonyms() -> Synonyms:
    try:
        return load_synonyms(home())
    except DataError as error:
        # readers search on with those shipped; whoever builds the index again is told the line
        _LOG.error("%s", error)
        return load_synonyms()


def _places(release: Release) -> Places:
    table = release.cog.table.select("id", "name", "parents", "other_parents")
    known = {id: Place(name, (*parents, *others)) for id, name, parents, others in table.iter_rows()}
    return known.get
