"""The territory that a command names: a region or département before communes of the same name, and it says so."""

from __future__ import annotations

from rich.console import Console

from odd17.core.kernel import UnknownTerritory
from odd17.core.territories import Cog, Territory
from odd17.workflows.former_communes import former_named

from .language import command_language, words


def one_territory(cog: Cog, query: str) -> Territory:
    """The territory that ``query`` (identifier, code or name) means; those set aside are named on stderr.

    Raises UnknownTerritory, which names the commune that holds a former one of this name, or AmbiguousTerritory where
    none is plainly the one meant (see ``Cog.widest``).
    """
    try:
        found, aside = cog.widest(query)
    except UnknownTerritory as error:
        asked = query.strip().removeprefix("COM-")
        former = [holder for item, holder in former_named(cog, asked) if item.answers_to(asked)]
        if not former:
            raise
        raise UnknownTerritory(query, [f"{item.id} ({item.name})" for item in former]) from error
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
