"""Search of practices: what the site, the API and the commands ask of their index."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any, Final

from odd17.core.practices.case import Case
from odd17.core.practices.matching import Candidates
from odd17.core.practices.need import Need
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


class PracticesAtHome(SearchAtHome[Case, PracticeQuery, Facet]):
    """The index of practices, which also chooses those that may fit a need."""

    def preselect(self, need: Need, day: date, most: int, but: str | None = None) -> Candidates:
        """Those among which the ``most`` best for ``need`` on ``day`` are, without ``but``: matching scores them.

        Raises SearchUnavailable where there is no index.
        """
        index: Any = self._index()
        chosen: Candidates = index.preselect(need, day, most, but)
        return chosen


PRACTICES: Final = PracticesAtHome("practices", _index)
"""The index of practices."""
