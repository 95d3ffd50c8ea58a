"""The code officiel géographique of one year, held in memory: every territory, what it belongs to, what it holds."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from functools import cached_property

import polars as pl

from odd17.core.kernel import AmbiguousTerritory, UnknownTerritory

from .levels import Level, territory_id
from .municipal_arrondissements import MUNICIPAL_ARRONDISSEMENTS
from .normalised import words
from .search import LONGEST_QUERY, NameIndex
from .tables import EPCI_SPANS, OWN_MEMBERSHIPS, TERRITORIES
from .territory import Territory

CURRENT_VINTAGE = 2026
"""The year of the COG that odd17 ships: its territories are those of 1 January of that year."""


class Cog:
    """Every territory of one COG, by identifier, by code and by name.

    ``territories`` has the columns of ``TERRITORIES``, ``memberships`` those of ``MEMBERSHIPS`` and ``epci_spans``
    those of ``EPCI_SPANS`` (see ``odd17.core.territories.tables``). Raises ValueError where a column is missing or an
    identifier stands twice. Nothing may be changed afterwards: the name index is built once, at the first search.
    """

    def __init__(
        self,
        territories: pl.DataFrame,
        memberships: pl.DataFrame,
        epci_spans: pl.DataFrame | None = None,
        *,
        own_memberships: pl.DataFrame | None = None,
        vintage: int = CURRENT_VINTAGE,
    ) -> None:
        self.table = territories
        self.memberships = memberships
        self.epci_spans = pl.DataFrame(schema=EPCI_SPANS) if epci_spans is None else epci_spans
        self.own_memberships = pl.DataFrame(schema=OWN_MEMBERSHIPS) if own_memberships is None else own_memberships
        self.vintage = vintage
        self._columns = territories.select(list(TERRITORIES))
        self._position = {identifier: index for index, identifier in enumerate(territories["id"])}
        if len(self._position) != territories.height:
            raise ValueError("an identifier stands twice in the table of territories")

    def __len__(self) -> int:
        return self.table.height

    def __contains__(self, identifier: object) -> bool:
        return identifier in self._position

    def __getitem__(self, identifier: str) -> Territory:
        """The territory with this identifier; raises UnknownTerritory, with near names, for any other string."""
        position = self._position.get(identifier)
        if position is None:
            raise UnknownTerritory(identifier, self._described(self.suggest(identifier)))
        return self._at(position)

    def get(self, identifiers: Iterable[str]) -> tuple[Territory, ...]:
        """The territories with these identifiers, in their order; raises UnknownTerritory for the first unknown one."""
        return tuple(self[identifier] for identifier in identifiers)

    def parents(self, identifier: str) -> tuple[Territory, ...]:
        """What the territory belongs to, the nearest first, the country last."""
        return self.get(self[identifier].parents)

    def children(self, identifier: str, level: Level | str) -> list[str]:
        """The identifiers of the territories of ``level`` that belong to this one, by code.

        An EPCI across several départements or regions is a child of the one that holds most of its people only. A
        territory of one's own holds communes, and none of them is its child alone.
        """
        if self[identifier].level is Level.OWN and Level(level) is Level.COMMUNE:
            codes = self.own_memberships.filter(pl.col("territory") == identifier)["commune"].sort()
            return [territory_id(Level.COMMUNE, code) for code in codes]
        return [self._ids[position] for position in self._children.get((identifier, Level(level).value), ())]

    def at(self, level: Level | str) -> list[str]:
        """The identifiers of every territory of ``level``, by code."""
        return self.table.filter(pl.col("level") == Level(level).value)["id"].to_list()

    def resolve(self, query: str) -> Territory:
        """The one territory that ``query`` names by identifier, code or whole name (accents and case do not matter).

        Raises AmbiguousTerritory with the candidates where several answer, UnknownTerritory with near ones where
        none does. A municipal arrondissement is not a territory of the COG's communes: the error names its commune.
        """
        asked = query.strip() if len(query) <= LONGEST_QUERY else ""
        for identifier in (asked, asked.upper()):
            if identifier in self._position:
                return self._at(self._position[identifier])
        found = self._with_code(asked.upper()) or [self._id(item) for item in self._names.named(words(asked))]
        if len(found) > 1:
            raise AmbiguousTerritory(query, found)
        if not found:
            raise UnknownTerritory(query, self._described(self.suggest(query)))
        return self[found[0]]

    def widest(self, query: str) -> tuple[Territory, tuple[Territory, ...]]:
        """What ``query`` names, and what it also names but that is set aside: "Bretagne" is the region, not a village.

        A name shared by one region or département and by communes is the former's. Raises UnknownTerritory, and
        AmbiguousTerritory for a bare code, for two of one level, and for a region and a département of one name.
        """
        try:
            return self.resolve(query), ()
        except AmbiguousTerritory as error:
            found = self.get(error.candidates)
            wide = [item for item in found if item.level in (Level.REGION, Level.DEPARTEMENT)]
            narrow = tuple(item for item in found if item.level in (Level.EPCI, Level.COMMUNE))
            if len(wide) != 1 or len(narrow) != len(found) - 1 or self._with_code(query.strip().upper()):
                raise
            return wide[0], narrow

    def search(self, text: str, limit: int = 10, levels: Iterable[Level | str] | None = None) -> list[Territory]:
        """The territories that ``text`` may mean, best first: a code or a whole name, then whole words or the beginning
        of a name, then beginnings of words; the largest population first among equals. Nothing for a text without
        letter or digit, or longer than a name can be."""
        wanted = None if levels is None else {Level(level).value for level in levels}
        found = self._names.search(text, limit, wanted)
        position = self._position.get(text.strip().upper()) if len(text) <= LONGEST_QUERY else None
        if position is not None and (wanted is None or self._columns.item(position, 1) in wanted):
            found = [position, *(item for item in found if item != position)][: max(limit, 0)]
        return [self._at(item) for item in found]

    def suggest(self, text: str, limit: int = 5) -> list[Territory]:
        """The territories whose name or code looks most like ``text``, which is none of them."""
        commune = MUNICIPAL_ARRONDISSEMENTS.get(text.strip())
        if commune is not None and f"COM-{commune}" in self:
            return [self[f"COM-{commune}"]]
        padded = self._with_code(f"0{text.strip().upper()}") if len(text) < LONGEST_QUERY else None
        if padded:
            return list(self.get(padded))  # a spreadsheet ate the leading zero
        return [self._at(item) for item in self._names.nearest(text, limit)]

    def _at(self, position: int) -> Territory:
        identifier, level, code, name, slug, parents, *numbers, other_parents = self._columns.row(position)
        population, area, is_overseas, has_true_contour = numbers
        return Territory(
            identifier, Level(level), code, name, slug, tuple(parents),
            population, area, is_overseas, has_true_contour, tuple(other_parents),
        )  # fmt: skip

    def _id(self, position: int) -> str:
        return str(self._columns.item(position, 0))

    @staticmethod
    def _described(territories: Iterable[Territory]) -> list[str]:
        return [f"{item.id} ({item.name})" for item in territories]

    def _with_code(self, code: str) -> list[str]:
        return self.table.filter(pl.col("code") == code)["id"].to_list()

    @cached_property
    def _ids(self) -> tuple[str, ...]:
        return tuple(self._position)

    @cached_property
    def _children(self) -> dict[tuple[str, str], Sequence[int]]:
        """The rows of each level that name a territory among their parents, in order, by that territory and level."""
        named = self.table.select("parents", "level", position=pl.int_range(pl.len(), dtype=pl.Int32)).explode(
            "parents"
        )
        grouped = named.group_by("parents", "level", maintain_order=True).agg("position")
        return {(parent, level): array("i", positions) for parent, level, positions in grouped.iter_rows()}

    @cached_property
    def _names(self) -> NameIndex:
        return NameIndex(self.table, MUNICIPAL_ARRONDISSEMENTS)
