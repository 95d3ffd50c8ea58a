"""The index of practices: what they are filtered, counted and sorted by."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import tantivy

from odd17.core.practices.case import Case
from odd17.core.practices.matching import Candidates
from odd17.core.practices.need import Need
from odd17.core.practices.query import Facet, PracticeQuery, Sort

from .document import ASKED, COLUMNS, COUNTED, MATCHED, NEAR_PLACES, NUMBERS, OWN_PLACES, document, strongest_first
from .facets import filtered
from .fields import Fields, schema
from .nearest import Nearest
from .places import Distances, Places, nowhere, unknown
from .preselect import Preselection
from .reader import Opened
from .search_index import SearchIndex, Step
from .synonyms import Synonyms


class PracticeIndex(SearchIndex[Case, PracticeQuery, Facet]):
    """The index of practices kept in ``folder``.

    ``places`` tells what a territory belongs to, ``distances`` how far territories are from one.
    """

    def __init__(
        self,
        folder: Path,
        places: Places = nowhere,
        synonyms: Synonyms | None = None,
        distances: Distances = unknown,
        *,
        wait: float = 30.0,
    ) -> None:
        super().__init__(folder, schema(COLUMNS, MATCHED, NUMBERS), synonyms, wait=wait)
        self._places, self._distances = places, distances

    def preselect(self, need: Need, day: date, most: int, but: str | None = None) -> Candidates:
        """Those among which the ``most`` best for ``need`` on ``day`` are, without ``but``: matching scores them.

        Raises SearchUnavailable where there is no index.
        """
        return Preselection(self._reader.open().searcher, self._schema, need, day, but).candidates(most)

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
        return ()

    def _ranked(self, opened: Opened, text: tantivy.Query | None, query: PracticeQuery, size: int) -> Any:
        if query.sort is not Sort.NEARNESS or query.near is None:
            return super()._ranked(opened, text, query, size)
        found = filtered(self._schema, text, query, self._fields)
        kilometres = partial(self._distances, query.near)
        nearest = Nearest(opened.searcher, self._schema, found, OWN_PLACES, kilometres)
        return nearest.page((query.page - 1) * size, size)
