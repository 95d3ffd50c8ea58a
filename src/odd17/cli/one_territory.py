"""The territory that a command names: a region or département before communes of the same name, and it says so."""

from __future__ import annotations

from rich.console import Console

from odd17.core.territories import Cog, Territory


def one_territory(cog: Cog, query: str) -> Territory:
    """The territory that ``query`` (identifier, code or name) means; those set aside are named on stderr.

    Raises UnknownTerritory, or AmbiguousTerritory where none is plainly the one meant (see ``Cog.widest``).
    """
    found, aside = cog.widest(query)
    if aside:
        others = ", ".join(f"{item.id} ({item.name})" for item in aside)
        said = f"odd17: {found.name} is taken as {found.id}, {found.level.label.en}; set aside: {others}."
        Console(stderr=True, highlight=False).print(said, markup=False, soft_wrap=True)
    return found
