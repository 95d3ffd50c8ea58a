"""What is open, what is asked for, what is made to measure: the report's matrix of access."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, cast

import yaml

from odd17.core.kernel import Text

OPEN = "open"
"""The tier that needs no request."""


@dataclass(frozen=True, slots=True)
class Purpose:
    """What help is for: to be informed, to be trained, to act."""

    id: str
    name: Text


@dataclass(frozen=True, slots=True)
class Tier:
    """How near the help comes, and what is promised of it."""

    id: str
    name: Text
    promise: Text


@dataclass(frozen=True, slots=True)
class Service:
    """One service of the matrix; ``kind`` is that of the library's resources which give it, None where none does."""

    id: str
    purpose: str
    tier: str
    name: Text
    kind: str | None


def purposes() -> tuple[Purpose, ...]:
    """The rows of the matrix."""
    return tuple(Purpose(one["id"], Text(**one["name"])) for one in _told()["purposes"])


def tiers() -> tuple[Tier, ...]:
    """The columns of the matrix, from the nearest at hand."""
    return tuple(Tier(one["id"], Text(**one["name"]), Text(**one["promise"])) for one in _told()["tiers"])


@cache
def services() -> tuple[Service, ...]:
    """Every service, row by row, column by column.

    >>> [service.id for service in services() if (service.purpose, service.tier) == ("act", "request")]
    ['mirror', 'kits']
    """
    return tuple(
        Service(one["id"], purpose.id, tier.id, Text(**one["name"]), one.get("kind"))
        for purpose in purposes()
        for tier in tiers()
        for one in _told()["services"][purpose.id][tier.id]
    )


def service(id: str) -> Service:
    """The service of this identifier; KeyError where there is none."""
    return {one.id: one for one in services()}[id]


def kit_axes() -> tuple[Purpose, ...]:
    """The four axes of a kit."""
    return tuple(Purpose(one["id"], Text(**one["name"])) for one in _told()["kit_axes"])


@cache
def _told() -> dict[str, Any]:
    text = files("odd17.core.resources").joinpath("access.yaml").read_text(encoding="utf-8")
    return cast(dict[str, Any], yaml.safe_load(text))
