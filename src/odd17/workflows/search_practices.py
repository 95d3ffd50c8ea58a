"""Search of practices: what the site, the API and the commands ask of their index."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from odd17.core.practices.case import Case
from odd17.core.practices.query import Facet, PracticeQuery
from odd17.store.releases import Release
from odd17.store.search import Place, Places, PracticeIndex, Synonyms

from .nearness import distances
from .search_at_home import SearchAtHome


def _index(folder: Path, release: Release, synonyms: Synonyms) -> PracticeIndex:
    return PracticeIndex(folder, _places(release), synonyms, distances(release.cog))


def _places(release: Release) -> Places:
    table = release.cog.table.select("id", "name", "parents", "other_parents")
    known = {id: Place(name, (*parents, *others)) for id, name, parents, others in table.iter_rows()}
    return known.get


PRACTICES: Final[SearchAtHome[Case, PracticeQuery, Facet]] = SearchAtHome("practices", _index)
"""The index of practices."""
