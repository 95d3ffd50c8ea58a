"""Which territory an entry covers: named or coded as today, or as in an older vintage, then carried or refused."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from odd17.core.kernel import AmbiguousTerritory, Message, UnknownTerritory
from odd17.core.territories import Cog, FormerCommune, FormerCommunes, Level

_NAMED = 5


@dataclass(frozen=True, slots=True)
class Covered:
    """A territory of today; ``former`` is the commune of before that was named, where it was carried."""

    id: str
    former: FormerCommune | None = None


@dataclass(frozen=True, slots=True)
class NoPlace:
    """Why a label is not that of one territory of today, and what to do about it."""

    reason: Message
    remedy: Message


def place_named(label: str, cog: Cog, former: FormerCommunes) -> Covered | NoPlace:
    """The territory that ``label`` names: an identifier (words may follow it), a code, or a whole name.

    The code or the name of a commune that is none any more is carried to the commune that holds it today. A code of
    another level that ``cog`` lacks (a region of before 2016, an EPCI since dissolved) is refused: nothing tells which
    of today's territories stand for it.
    """
    asked = " ".join(label.split())
    first = asked.partition(" ")[0]
    if first in cog:
        return Covered(first)
    try:
        return Covered(cog.widest(asked)[0].id)
    except AmbiguousTerritory as error:
        named = [f"{id} ({cog[id].name})" for id in error.candidates[:_NAMED]]
        return NoPlace(
            Message("several territories have this name or code"), Message("write one of {named}", named=named)
        )
    except UnknownTerritory as error:
        return _carried(asked, first, error.suggestions, former)


def _carried(asked: str, first: str, near: Iterable[str], former: FormerCommunes) -> Covered | NoPlace:
    code = first.upper().removeprefix(f"{Level.COMMUNE.value}-")
    of_code = [one for one in former.search(code) if one.code == code]
    found = of_code or [one for one in former.search(asked) if one.answers_to(asked)]
    if len({one.holder for one in found}) == 1:
        return Covered(found[0].holder, found[0])
    if found:
        held = [f"{one.name} → {one.holder}" for one in found[:_NAMED]]
        return NoPlace(
            Message("several communes of before have this name"),
            Message("write the commune of today: {held}", held=held),
        )
    named = list(near)
    return NoPlace(
        Message("no territory of today has this name or code"),
        Message("near it: {near}", near=named)
        if named
        else Message("if its code is of an older vintage, name today's territories that it covered"),
    )


def places_today(ids: Iterable[str], cog: Cog, former: FormerCommunes) -> tuple[str, ...]:
    """The territories of today for identifiers kept since an older vintage, each once; those gone are left out."""
    found: dict[str, None] = {}
    for id in ids:
        place = Covered(id) if id in cog else _carried(id, id, (), former)
        if isinstance(place, Covered) and place.id in cog:
            found[place.id] = None
    return tuple(found)
