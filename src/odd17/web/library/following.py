"""The index of the library follows what is public: see :mod:`odd17.web.practices.followed_index`."""

from __future__ import annotations

from typing import Final

from odd17.core.kernel.search import PAGE, Suggestions
from odd17.core.resources.library_query import FoundResources, LibraryQuery
from odd17.web.practices.followed_index import FollowedIndex, Public
from odd17.workflows.search_resources import RESOURCES

from .selectors import published_resources, published_versions, resources_numbered
from .version import library_version

INDEX: Final = FollowedIndex(
    RESOURCES, Public(library_version, published_versions, published_resources, resources_numbered)
)


def find_resources(query: LibraryQuery, size: int = PAGE) -> FoundResources:
    """What ``query`` finds in what is public now.

    Raises SearchUnavailable where there is no index and building it takes long: it is then being built beside.
    """
    return INDEX.find(query, size)


def suggest_resources(prefix: str) -> Suggestions:
    """What is offered to who has typed ``prefix``; nothing where there is no index yet."""
    library_version()  # what is due by now is so first
    return INDEX.suggest(prefix)
