"""The index of practices: what they are filtered, counted and sorted by."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from odd17.core.practices.case import Case
from odd17.core.practices.query import Facet, PracticeQuery, Sort

from .document import ASKED, COLUMNS, COUNTED, MATCHED, NEAR_PLACES, document, strongest_first
from .fields import Fields, schema
from .places import Places, nowhere
from .search_index import SearchIndex, Step
from .synonyms import Synonyms


class PracticeIndex(SearchIndex[Case, PracticeQuery, Facet]):
    """The index of practices kept in ``folder``; ``places`` tells what a territory belongs to."""

    def __init__(
        self, folder: Path, places: Places = nowhere, synonyms: Synonyms | None = None, *, wait: float = 30.0
    ) -> None:
        super().__init__(folder, schema(COLUMNS, MATCHED), synonyms, wait=wait)
        self._places = places

    def _document(self, item: Case) -> Fields:
        return document(item, self._places)

    @property
    def _fields(self) -> Mapping[Facet, str]:
        return ASKED

    def _columns(self, query: PracticeQuery) -> Mapping[Facet, tuple[str, ...]]:
        """EPCIs and communes are counted where a département or a part of one is asked for."""
        asked = query.filters.get(Facet.TERRITORY, ())
        if all(value.startswith("REG-") for value in asked):
            return COUNTED
        return {**COUNTED, Facet.TERRITORY: (*COUNTED[Facet.TERRITORY], NEAR_PLACES)}

    def _steps(self, query: PracticeQuery) -> Sequence[Step] | None:
        if query.sort is Sort.DATE:
            return None
        if query.sort is Sort.PROOF:
            return [("strength", value) for value in strongest_first()]
        if query.sort is Sort.NEARNESS and query.near is not None:
            place = self._places(query.near)
            return [("territory", id) for id in (query.near, *(() if place is None else place.parents))]
        return ()
