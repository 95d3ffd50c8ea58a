"""The reference report's own programme of 21 measures, its one review, and the totals that it prints."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any, cast

import yaml

from odd17.core.kernel import Text

from .portfolio import Figure
from .programme import Dimension, Horizon, Level, Measure, Programme, check_programme
from .reviews import Review


def report_programme() -> Programme:
    """The programme published on 7 May 2020.

    >>> [one.horizon.first for one in report_programme().dimensions if one.horizon]
    [3, 6, 12]
    """
    told = _told()
    return check_programme(
        Programme(
            told["id"],
            Text(**told["title"]),
            told["published"],
            tuple(Dimension(one["id"], Text(**one["name"]), Horizon(*one["horizon"])) for one in told["dimensions"]),
            tuple(Level(one["id"], Text(**one["name"]), one.get("needs_reason", False)) for one in told["levels"]),
            tuple(
                Measure(number, Text(**label), dimension)
                for dimension, labels in told["measures"].items()
                for number, label in labels.items()
            ),
            mention=told["mention"],
        )
    )


def report_reviews() -> tuple[Review, ...]:
    """The review of 17 October 2020: totals, since the level of each measure is not known."""
    return tuple(
        Review(one["id"], one["day"], totals=one["totals"], mention=one["mention"]) for one in _told()["reviews"]
    )


@dataclass(frozen=True, slots=True)
class Device:
    """Something that a pillar holds; ``structural``, else operational. The report prints no amount for it."""

    name: Text
    structural: bool


@dataclass(frozen=True, slots=True)
class Pillar:
    """A pillar of the factory of co-construction: what it is for, and the devices that the report names in it."""

    id: str
    name: Text
    gives: Text
    devices: tuple[Device, ...]


@cache
def report_pillars() -> tuple[Pillar, ...]:
    """The three pillars by which investments are sorted.

    >>> [one.id for one in report_pillars()]
    ['knowledge', 'territories', 'innovation']
    """
    return tuple(
        Pillar(
            one["id"],
            Text(**one["name"]),
            Text(**one["gives"]),
            tuple(Device(Text(**device["name"]), device["kind"] == "structural") for device in one["devices"]),
        )
        for one in _told()["pillars"]
    )


def report_figures() -> tuple[Figure, ...]:
    """What the report prints of the factory of co-construction, disagreements included."""
    told = _told()
    return tuple(
        Figure(
            one["subject"], Text(**one["name"]), Decimal(one["value"]), one["unit"], told["mention"], one.get("part_of")
        )
        for one in told["figures"]
    )


@cache
def _told() -> dict[str, Any]:
    text = files("odd17.core.programmes").joinpath("report_2020.yaml").read_text(encoding="utf-8")
    return cast(dict[str, Any], yaml.safe_load(text))
