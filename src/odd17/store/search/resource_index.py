"""The index of the library: what a resource is found, filtered, counted and sorted by."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from odd17.core.kernel import domains, goals
from odd17.core.resources.library import Resource, kinds
from odd17.core.resources.library_query import Facet, LibraryQuery, Sort
from odd17.core.resources.orientation import audiences

from .fields import Fields, once, schema, spoken, told, without_empty
from .search_index import SearchIndex, Step
from .synonyms import Synonyms

FIELDS: Final = {facet: facet.name.lower() for facet in Facet}
"""The field that each facet filters by, and is counted in."""

_COLUMNS: Final = {facet: (name,) for facet, name in FIELDS.items()}


class ResourceIndex(SearchIndex[Resource, LibraryQuery, Facet]):
    """The index of the library kept in ``folder``."""

    def __init__(self, folder: Path, synonyms: Synonyms | None = None, *, wait: float = 30.0) -> None:
        super().__init__(folder, schema(FIELDS.values()), synonyms, wait=wait)

    def _document(self, item: Resource) -> Fields:
        fields = told(
            id=item.id,
            version=item.version,
            language=item.language,
            title=item.title,
            body=(item.summary, item.body, *item.kit.values()),
            names=_names(item, spoken(item.language)),
            day=item.sorting_day() or item.published,
        ) | {
            "kind": [item.kind],
            "audience": once(item.audiences),
            "domain": once(item.domains),
            "goal": once(item.goals),
            "stage": once((item.stage,)),
            "producer": once((item.producer,)),
            "collection": once((item.collection,)),
            "licence": once((item.licence,)),
            "year": once(item.all_years()),
        }
        return without_empty(fields)

    @property
    def _fields(self) -> Mapping[Facet, str]:
        return FIELDS

    def _columns(self, query: LibraryQuery) -> Mapping[Facet, tuple[str, ...]]:
        return _COLUMNS

    def _steps(self, query: LibraryQuery) -> Sequence[Step] | None:
        return None if query.sort is Sort.DATE else ()


def _names(item: Resource, language: str) -> Iterator[str]:
    """Who made it, and the words of what it is about and for."""
    yield from (name for name in (item.producer, item.collection) if name)
    asked: tuple[tuple[Iterable[Any], Iterable[str]], ...] = (
        (kinds(), (item.kind,)),
        (audiences(), item.audiences),
        (domains(), item.domains),
        (goals(), item.goals),
    )
    for known, ids in asked:
        wanted = set(ids)
        yield from (word.name.in_language(language) for word in known if word.id in wanted)
