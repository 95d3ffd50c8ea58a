"""Which territories an entry covers: named or coded as today, or as in an older vintage, then carried or refused."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from odd17.core.kernel import AmbiguousTerritory, Message, UnknownTerritory
from odd17.core.territories import Cog, FormerAreas, FormerCommunes, Level

_NAMED = 5


@dataclass(frozen=True, slots=True)
class Covered:
    """Territories of today; ``is_carried`` where one of before was named, for which they stand."""

    ids: tuple[str, ...]
    is_carried: bool = False


@dataclass(frozen=True, slots=True)
class NoPlace:
    """Why a label is not that of one territory of today, and what to do about it."""

    reason: Message
    remedy: Message


@dataclass(frozen=True, slots=True)
class Former:
    """What is known of territories that are none any more."""

    communes: FormerCommunes
    areas: FormerAreas


def place_named(label: str, cog: Cog, former: Former) -> Covered | NoPlace:
    """The territory that ``label`` names: an identifier (words may follow it), a code, or a whole name.

    One of before is carried to those of today that cover just its ground (a region of before 2016: its départements),
    else to the one that holds it (a commune, an EPCI merged with others). One that was parted is refused, and so is
    one of which nothing is known: nothing tells which of today's territories stand for it.
    """
    asked = " ".join(label.split())
    first = asked.partition(" ")[0]
    if first in cog:
        return Covered((first,))
    try:
        return Covered((cog.widest(asked)[0].id,))
    except AmbiguousTerritory as error:
        return NoPlace(
            Message("several territories have this name or code"),
            Message("write one of {named}", named=_called(error.candidates, cog)),
        )
    except UnknownTerritory as error:
        return _carried(asked, cog, error.suggestions, former)


def _carried(asked: str, cog: Cog, near: Iterable[str], former: Former) -> Covered | NoPlace:
    area = former.areas.named(asked)
    if area is not None and area.carried and all(id in cog for id in area.carried):
        return Covered(area.carried, is_carried=True)
    if area is not None:
        return NoPlace(
            Message("it is of an older vintage, and was parted among several territories of today"),
            Message("write those that you cover: {named}", named=_called(area.today, cog)),
        )
    code = asked.partition(" ")[0].upper().removeprefix(f"{Level.COMMUNE.value}-")
    of_code = [one for one in former.communes.search(code) if one.code == code]
    found = of_code or [one for one in former.communes.search(asked) if one.answers_to(asked)]
    if len({one.holder for one in found}) == 1:
        return Covered((found[0].holder,), is_carried=True)
    if found:
        held = [f"{one.name} → {one.holder}" for one in found[:_NAMED]]
        return NoPlace(
            Message("several communes of before have this name"),
            Message("write the commune of today: {held}", held=held),
        )
    return NoPlace(Message("no territory of today has this name or code"), _remedy(asked, list(near)))


def _remedy(asked: str, near: list[str]) -> Message:
    if near and not any(letter.isdigit() for letter in asked):
        return Message("near it: {near}", near=near)
    if near:
        return Message(
            "near it: {near}; if its code is of an older vintage, name today's territories that it covered", near=near
        )
    return Message("if its code is of an older vintage, name today's territories that it covered")


def _called(ids: Iterable[str], cog: Cog) -> list[str]:
    return [f"{id} ({cog[id].name})" for id in ids if id in cog][:_NAMED]


def places_today(ids: Iterable[str], cog: Cog, former: Former) -> tuple[str, ...]:
    """The territories of today for identifiers kept since an older vintage, each once; those gone are left out."""
    found: dict[str, None] = {}
    for id in ids:
        place = Covered((id,)) if id in cog else _carried(id, cog, (), former)
        if isinstance(place, Covered):
            found.update(dict.fromkeys(today for today in place.ids if today in cog))
    return tuple(found)
