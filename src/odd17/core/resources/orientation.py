"""« Par où commencer ? »: the three cells of the report for an audience, in the order that suits what it wants."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any, cast

import yaml

from odd17.core.kernel import Text, text_from_plain


class Kind(StrEnum):
    """The three things that each audience is promised, in the report's order."""

    DATA = "data"
    TOOLS = "tools"
    SKILLS = "skills"


@dataclass(frozen=True, slots=True)
class Audience:
    """For whom: ``who`` says it in other words; ``slug`` is its value in addresses."""

    id: str
    slug: str
    name: Text
    who: Text
    status: str


@dataclass(frozen=True, slots=True)
class Aim:
    """An objective or a maturity, and the kind of help that it calls for first."""

    id: str
    slug: str
    name: Text
    first: Kind


@dataclass(frozen=True, slots=True)
class Cell:
    """One of the twelve answers. ``named`` is what the report names; ``leads_to`` where the platform has it."""

    audience: str
    kind: Kind
    text: Text
    named: tuple[Text | str, ...]
    leads_to: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Placed:
    """A cell in its place (from 1): the objective and the maturity that put it forward, None where they did not."""

    cell: Cell
    place: int
    objective: Aim | None
    maturity: Aim | None


def audiences() -> tuple[Audience, ...]:
    """The four audiences, in the report's order."""
    return tuple(
        Audience(one["id"], one["slug"], Text(**one["name"]), Text(**one["who"]), one["status"])
        for one in _told()["audiences"]
    )


def objectives() -> tuple[Aim, ...]:
    """What one can want."""
    return _aims("objectives")


def maturities() -> tuple[Aim, ...]:
    """How far along one can be, from the start."""
    return _aims("maturities")


def cells(audience: str) -> tuple[Cell, ...]:
    """The three cells of an audience, in the report's order; KeyError for an unknown one."""
    return tuple(
        Cell(
            audience,
            kind,
            Text(**one["text"]),
            tuple(text_from_plain(name) for name in one["named"]),
            tuple(one["leads_to"]),
        )
        for kind in Kind
        for one in (_told()["cells"][audience][kind.value],)
    )


def orientation(audience: str, objective: str | None = None, maturity: str | None = None) -> tuple[Placed, ...]:
    """The three cells of ``audience``: what the objective calls for first, then what the maturity calls for.

    Nothing is left out and nothing added: they change the order alone. KeyError for an unknown identifier.

    >>> [placed.cell.kind.value for placed in orientation("territories", "be_accompanied", "discovering")]
    ['skills', 'data', 'tools']
    """
    wanted = None if objective is None else _aim(objectives(), objective)
    reached = None if maturity is None else _aim(maturities(), maturity)

    def weight(cell: Cell) -> int:
        by_objective = wanted is not None and wanted.first is cell.kind
        by_maturity = reached is not None and reached.first is cell.kind
        return -(2 * by_objective + by_maturity)

    ordered = sorted(cells(audience), key=weight)
    return tuple(
        Placed(
            cell,
            place,
            wanted if wanted is not None and wanted.first is cell.kind else None,
            reached if reached is not None and reached.first is cell.kind else None,
        )
        for place, cell in enumerate(ordered, start=1)
    )


def _aims(name: str) -> tuple[Aim, ...]:
    return tuple(Aim(one["id"], one["slug"], Text(**one["name"]), Kind(one["first"])) for one in _told()[name])


def _aim(aims: tuple[Aim, ...], id: str) -> Aim:
    return {aim.id: aim for aim in aims}[id]


@cache
def _told() -> dict[str, Any]:
    text = files("odd17.core.resources").joinpath("orientation.yaml").read_text(encoding="utf-8")
    return cast(dict[str, Any], yaml.safe_load(text))
