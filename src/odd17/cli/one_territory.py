"""The territory that a command names: a region or département before communes of the same name, and it says so."""

from __future__ import annotations

from rich.console import Console

from odd17.core.territories import Cog, Territory

from .language import command_language, words


def one_territory(cog: Cog, query: str) -> Territory:
    """The territory that ``query`` (identifier, code or name) means; those set aside are named on stderr.

    Raises UnknownTerritory, or AmbiguousTerritory where none is plainly the one meant (see ``Cog.widest``).
    """
    found, aside = cog.widest(query)
    if aside:
        others = ", ".join(f"{item.id} ({item.name})" for item in aside)
        said = words()(
            "{name} is taken as {id}, {level}; set aside: {others}.",
            name=found.name,
            id=found.id,
            level=found.level.label.in_language(command_language()),
            others=others,
        )
        Console(stderr=True, highlight=False).print(f"odd17: {said}", markup=False, soft_wrap=True)
    return found
