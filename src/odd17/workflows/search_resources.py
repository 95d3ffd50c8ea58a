"""Search of the library: what the site, the API and the commands ask of its index."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from odd17.core.resources.library import Resource
from odd17.core.resources.library_query import Facet, LibraryQuery
from odd17.store.releases import Release
from odd17.store.search import ResourceIndex, Synonyms

from .search_at_home import SearchAtHome


def _index(folder: Path, _release: Release, synonyms: Synonyms) -> ResourceIndex:
    return ResourceIndex(folder, synonyms)


RESOURCES: Final[SearchAtHome[Resource, LibraryQuery, Facet]] = SearchAtHome("resources", _index)
"""The index of the library."""
