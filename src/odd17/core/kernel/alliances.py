"""The words of partnerships: families and types of alliance, trades, stages, proofs, partners, scales and goals."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any, cast

import yaml

from .text import Text


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a vocabulary; ``slug`` is its lasting address, ``status`` says whether the report attests it.

    ``explained`` says in odd17's own words what it means, None where its name says it.
    """

    id: str
    slug: str
    name: Text
    status: str
    explained: Text | None = field(default=None, kw_only=True)


@dataclass(frozen=True, slots=True)
class Family(Word):
    """One of the four families of alliances; ``approach`` is general_interest or economic."""

    approach: str
    definition: Text


@dataclass(frozen=True, slots=True)
class AllianceType(Word):
    """One of the sixteen types of partnership between an association and a company, and its family.

    ``contract`` is where it stands on the axis from ``exchange`` over ``between`` to ``alliance``: our reading.
    """

    family: str
    contract: str


@cache
def families() -> tuple[Family, ...]:
    """The four families, in the order of the report's table."""
    return tuple(
        Family(**_word(row), approach=row["approach"], definition=Text(**row["definition"]))
        for row in _vocabulary()["families"]
    )


@cache
def alliance_types() -> tuple[AllianceType, ...]:
    """The sixteen types, family by family.

    >>> len(alliance_types()), alliance_types()[0].family
    (16, 'patronage')
    """
    return tuple(
        AllianceType(**_word(row), family=row["family"], contract=row["contract"]) for row in _vocabulary()["types"]
    )


def trades() -> tuple[Word, ...]:
    """The four trades of territorial catalysts."""
    return _words("trades")


def stages() -> tuple[Word, ...]:
    """The three stages of the innovation path."""
    return _words("stages")


def impacts() -> tuple[Word, ...]:
    """The three impacts of a partnership."""
    return _words("impacts")


def proofs() -> tuple[Word, ...]:
    """The kinds of proof, from the weakest to the strongest."""
    return _words("proofs")


def partner_kinds() -> tuple[Word, ...]:
    """The kinds of actor that a partner can be."""
    return _words("partner_kinds")


def scales() -> tuple[Word, ...]:
    """The scales of action, from the nearest."""
    return _words("scales")


def goals() -> tuple[Word, ...]:
    """The seventeen sustainable development goals.

    >>> goals()[-1].name.en
    'Partnerships for the goals'
    """
    return _words("goals")


@cache
def _words(name: str) -> tuple[Word, ...]:
    return tuple(Word(**_word(row)) for row in _vocabulary()[name])


def _word(row: dict[str, Any]) -> dict[str, Any]:
    explained = Text(**row["explained"]) if "explained" in row else None
    return {**{key: row[key] for key in ("id", "slug", "status")}, "name": Text(**row["name"]), "explained": explained}


@cache
def _vocabulary() -> dict[str, list[dict[str, Any]]]:
    text = files("odd17.core.kernel").joinpath("alliances.yaml").read_text(encoding="utf-8")
    return cast(dict[str, list[dict[str, Any]]], yaml.safe_load(text))
