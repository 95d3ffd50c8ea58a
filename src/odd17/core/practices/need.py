"""What is looked for among practices: a fragility, a place, words, partners; and how far a search is widened."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from typing import Final

from odd17.core.kernel import alliance_types, domains

from .case import Case


class Likeness(StrEnum):
    """Why a place counts."""

    SAME = "same"
    WITHIN = "within"  # a part of it, or what it is a part of
    TWIN = "twin"
    KIND = "kind"  # same level, like size and density


@dataclass(frozen=True, slots=True)
class Ground:
    """The places that count as near or alike: identifier → likeness from 0 to 1, and how (a word of ``Likeness``)."""

    places: Mapping[str, tuple[float, str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Need:
    """What is looked for. ``ground`` tells the places near or alike: this room cannot know them, and is told."""

    domains: tuple[str, ...] = ()
    words: str = ""
    partners: tuple[str, ...] = ()
    alliance_type: str | None = None
    stage: str | None = None
    ground: Ground | None = None


ENOUGH: Final = 3
"""Fewer cases than this of the domain asked, and the search is widened, which is said."""


class Widening(StrEnum):
    """What was widened because too few cases fit."""

    DIMENSION = "dimension"  # domains of the same dimension
    EVERY_DOMAIN = "every_domain"


def need_of(case: Case) -> Need:
    """What finds cases like this one: its own domains, places, kinds of partner, type, stage and words."""
    return Need(
        domains=case.domains,
        words=f"{case.title} {case.summary}",
        partners=tuple(dict.fromkeys(partner.kind for partner in case.partners if partner.kind)),
        alliance_type=case.alliance_type,
        stage=case.stage,
        ground=Ground(dict.fromkeys(case.territories, (1.0, Likeness.SAME.value))) if case.territories else None,
    )


def domains_considered(
    need: Need, count: Callable[[frozenset[str] | None], int]
) -> tuple[frozenset[str] | None, Widening | None]:
    """The domains of the cases that are looked at (None: all cases), and what that widens.

    ``count`` tells how many cases have one of some domains, or, asked None, how many there are.
    """
    if not need.domains:
        return None, None
    asked = frozenset(need.domains)
    fitting = count(asked)
    if fitting >= ENOUGH:
        return asked, None
    near = near_domains(need.domains)
    if count(near) >= ENOUGH:
        return near, Widening.DIMENSION
    return None, Widening.EVERY_DOMAIN if count(None) > fitting else None


@cache
def near_domains(asked: tuple[str, ...]) -> frozenset[str]:
    """The domains of the same dimensions as these, themselves among them."""
    dimensions = {item.dimension for item in domains() if item.id in asked}
    return frozenset(item.id for item in domains() if item.dimension in dimensions)


def family_of(alliance_type: str | None) -> str | None:
    """The family of a type of alliance; None where it is not known."""
    return None if alliance_type is None else _families().get(alliance_type)


@cache
def _families() -> dict[str, str]:
    return {item.id: item.family for item in alliance_types()}
