"""One territory of the code officiel géographique."""

from __future__ import annotations

from dataclasses import dataclass

from .levels import Level


@dataclass(frozen=True, slots=True)
class Territory:
    """A territory of the current COG; ``parents`` go from the nearest to the country.

    ``population`` is the municipal population of the census year that the COG package states. ``area_km2`` is None
    where the contour is not a true one (``has_true_contour`` is False), and so is ``density``.
    ``other_parents`` are, for an EPCI across several départements or regions, those that hold less of its people.
    """

    id: str
    level: Level
    code: str
    name: str
    slug: str
    parents: tuple[str, ...]
    population: int | None
    area_km2: float | None
    is_overseas: bool
    has_true_contour: bool = True
    other_parents: tuple[str, ...] = ()

    @property
    def density(self) -> float | None:
        """Inhabitants per km², or None where population or area is unknown."""
        if self.population is None or not self.area_km2:
            return None
        return self.population / self.area_km2
