"""An index of search in odd17's home: asked by the site and the API, and told what is public."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Mapping
from contextlib import AbstractContextManager
from functools import lru_cache
from pathlib import Path
from typing import Any, Final, Generic

from odd17.core.kernel import DataError
from odd17.core.kernel.search import PAGE, FacetT, Found, QueryT, Suggestions
from odd17.store.places import home
from odd17.store.releases import Release, current_release
from odd17.store.search import Synonyms, load_synonyms
from odd17.store.search.search_index import SearchIndex
from odd17.store.search.synonyms import FILE
from odd17.store.search.written_index import ItemT
from odd17.store.whole_files import write_whole

_LOG: Final = logging.getLogger("odd17.search")
_FOLLOWED: Final = "followed"
Opening = Callable[[Path, Release, Synonyms], Any]


class SearchAtHome(Generic[ItemT, QueryT, FacetT]):
    """The index called ``name``; ``opening`` opens it in a folder, with a geography and what means the same."""

    def __init__(self, name: str, opening: Callable[[Path, Release, Synonyms], SearchIndex[ItemT, QueryT, FacetT]]):
        self._name, self._opening = name, opening

    def search(self, query: QueryT, size: int = PAGE) -> Found[QueryT, FacetT]:
        """What ``query`` finds among what is public, ``size`` a page.

        Raises SearchUnavailable where there is no index: see :meth:`rebuild`.
        """
        return self._index().search(query, size)

    def suggest(self, prefix: str, language: str | None = None) -> Suggestions:
        """What is offered to who has typed ``prefix``. Raises SearchUnavailable where there is no index."""
        return self._index().suggest(prefix, language)

    def identifiers(self, query: QueryT, most: int) -> tuple[str, ...]:
        """The numbers of the first ``most`` things that ``query`` finds. Raises as :meth:`search`."""
        return self._index().identifiers(query, most)

    def rebuild(self, items: Iterable[ItemT]) -> int:
        """Build the index again from all that is public while the old one answers; how many it holds.

        Raises DataError where the editors' file of synonyms is wrong, naming the line.
        """
        load_synonyms(home())
        return self._index().replace_all(items)

    def change(self, put: Iterable[ItemT], removed: Iterable[str]) -> None:
        """Hold what became public and forget what no longer is; on disk before return.

        Raises SearchUnavailable where there is no index, Odd17Error where another process writes for too long.
        """
        self._index().change(put, removed)

    def versions(self) -> Mapping[str, str]:
        """The number of each thing in the index, and its version. Raises SearchUnavailable where there is no index."""
        return self._index().versions()

    def following(self) -> AbstractContextManager[bool]:
        """Whether this process alone may bring the index up to date now, for as long as that is held."""
        return self._index().following()

    def followed(self) -> str:
        """Up to which version of the base the index is known to follow; empty where that is not known."""
        try:
            return (self._folder() / _FOLLOWED).read_text(encoding="ascii")
        except (OSError, UnicodeDecodeError):
            return ""

    def note_followed(self, version: str) -> None:
        """Note that the index holds what was public at this version of the base."""
        write_whole(self._folder() / _FOLLOWED, version.encode("ascii"), parents=True)

    def _folder(self) -> Path:
        return home() / "search" / self._name

    def _index(self) -> SearchIndex[ItemT, QueryT, FacetT]:
        own = home() / FILE
        changed = own.stat().st_mtime_ns if own.is_file() else 0
        opened: SearchIndex[ItemT, QueryT, FacetT] = _opened(self._opening, self._folder(), current_release(), changed)
        return opened


@lru_cache(maxsize=8)
def _opened(opening: Opening, folder: Path, release: Release, _synonyms_changed: int) -> Any:
    return opening(folder, release, _synonyms())


def _synonyms() -> Synonyms:
    try:
        return load_synonyms(home())
    except DataError as error:
        # readers search on with those shipped; whoever builds the index again is told the line
        _LOG.error("%s", error)
        return load_synonyms()
