"""The reading thread: eight steps from the 17 goals to each person's contribution, and what SDG 17 is made of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, cast

import yaml

from odd17.core.kernel import Text


@dataclass(frozen=True, slots=True)
class Reading:
    """A publication that the report names; ``year`` as printed there (a year or a span), empty where it prints none."""

    title: str
    by: str
    year: str


@dataclass(frozen=True, slots=True)
class SpineStep:
    """A step; ``place`` counts from 1; ``leads_to`` are places of the platform.

    ``figures`` names what the platform counts for it; ``cases`` is what its practices are searched by (an address's
    parameters and their values).
    """

    id: str
    slug: str
    place: int
    name: Text
    text: Text
    reading: tuple[Reading, ...]
    leads_to: tuple[str, ...]
    figures: str
    cases: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Relation:
    """One of the three modes of relation, and one of the four levers (whose ``text`` is empty) of SDG 17."""

    id: str
    name: Text
    text: Text


@cache
def spine() -> tuple[SpineStep, ...]:
    """The eight steps, from the goals to the person; read them from the end for the way back.

    >>> spine()[0].slug, spine()[-1].slug
    ('objectifs', 'contribution')
    """
    return tuple(
        SpineStep(
            one["id"],
            one["slug"],
            place,
            Text(**one["name"]),
            Text(**one["text"]),
            tuple(Reading(told["title"], told["by"], str(told.get("year", ""))) for told in one["reading"]),
            tuple(one["leads_to"]),
            one["figures"],
            {name: tuple(values) for name, values in one["cases"].items()},
        )
        for place, one in enumerate(_told()["steps"], start=1)
    )


def goal_17_levers() -> tuple[Relation, ...]:
    """The four levers of SDG 17."""
    return _relations("goal_17_levers")


def relations() -> tuple[Relation, ...]:
    """The three modes of relation: conflicts, dialogues, alliances."""
    return _relations("relations")


def _relations(name: str) -> tuple[Relation, ...]:
    return tuple(
        Relation(one["id"], Text(**one["name"]), Text(**one.get("text", {"fr": "", "en": ""}))) for one in _told()[name]
    )


@cache
def _told() -> dict[str, Any]:
    text = files("odd17.core.resources").joinpath("spine.yaml").read_text(encoding="utf-8")
    return cast(dict[str, Any], yaml.safe_load(text))
