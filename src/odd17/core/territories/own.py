"""A perimeter of one's own: communes put together under a name, across any border."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from .cog import Cog
from .levels import Level, territory_id
from .tables import OWN_MEMBERSHIPS, TERRITORIES
from .territory import Territory


@dataclass(frozen=True, slots=True)
class OwnTerritory:
    """A territory that a user defined: ``code`` (lower-case letters, digits, hyphens), ``name``, codes of communes."""

    code: str
    name: str
    communes: tuple[str, ...]

    @property
    def id(self) -> str:
        """Its identifier.

        >>> OwnTerritory("pays-de-x", "Pays de X", ("35238",)).id
        'TER-pays-de-x'
        """
        return territory_id(Level.OWN, self.code)


def with_own(cog: Cog, territories: Iterable[OwnTerritory]) -> Cog:
    """``cog`` with these territories beside its own; nothing that it had changes.

    People and areas are summed over the communes; there is no area where the contour of one is not a true one. As for
    an EPCI, the parents are the département and the region that hold most of the people, and the others stand in
    ``other_parents``; France is a parent of all, metropolitan France of those that lie wholly in it. Raises
    UnknownTerritory for a commune that ``cog`` lacks, ValueError for a territory without commune.
    """
    found = sorted(territories, key=lambda item: item.code)
    if not found:
        return cog
    rows = [_row(item, cog.get(territory_id(Level.COMMUNE, code) for code in item.communes)) for item in found]
    members = [(item.id, code) for item in found for code in sorted(item.communes)]
    return Cog(
        pl.concat([cog.table.select(list(TERRITORIES)), pl.DataFrame(rows, schema=TERRITORIES)]),
        cog.memberships,
        cog.epci_spans,
        own_memberships=pl.DataFrame(members, schema=OWN_MEMBERSHIPS, orient="row"),
        vintage=cog.vintage,
    )


def _row(own: OwnTerritory, communes: Sequence[Territory]) -> dict[str, Any]:
    if not communes:
        raise ValueError(f"{own.id} has no commune")
    people: dict[str, int] = {}
    for commune in communes:
        for parent in commune.parents:
            people[parent] = people.get(parent, 0) + (commune.population or 0)
    ordered = {
        level: sorted((parent for parent in people if parent.startswith(f"{level}-")), key=lambda id: (-people[id], id))
        for level in (Level.DEPARTEMENT, Level.REGION)
    }
    metropolitan = all(Level.METROPOLITAN in commune.parents for commune in communes)
    countries = [Level.METROPOLITAN.value, Level.COUNTRY.value] if metropolitan else [Level.COUNTRY.value]
    is_counted = all(commune.population is not None for commune in communes)
    areas = [commune.area_km2 for commune in communes if commune.has_true_contour and commune.area_km2 is not None]
    is_measured = len(areas) == len(communes)
    return {
        "id": own.id,
        "level": Level.OWN.value,
        "code": own.code,
        "name": own.name,
        "slug": own.code,  # it is unique already, and a name may change
        "parents": [ids[0] for ids in ordered.values()] + countries,
        "population": sum(commune.population or 0 for commune in communes) if is_counted else None,
        "area_km2": sum(areas) if is_measured else None,
        "is_overseas": all(commune.is_overseas for commune in communes),
        "has_true_contour": is_measured,
        "other_parents": [id for ids in ordered.values() for id in ids[1:]],
    }
