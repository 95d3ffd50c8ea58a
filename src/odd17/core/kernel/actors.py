"""The four actors who are asked what they see, and the three levers: vocabularies loaded from ``actors.yaml``."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, cast

import yaml

from .text import Text


@dataclass(frozen=True, slots=True)
class Actor:
    """A group of respondents, in the order of the report; ``slug`` is its lasting address."""

    id: str
    slug: str
    name: Text
    status: str


@dataclass(frozen=True, slots=True)
class Lever:
    """One of the three levers by which one enters playing together: vision, action, management."""

    id: str
    name: Text
    status: str


@cache
def actors() -> tuple[Actor, ...]:
    """The four actors, in the report's order.

    >>> [actor.id for actor in actors()]
    ['citizens', 'elected_officials', 'companies', 'associations']
    """
    return tuple(Actor(row["id"], row["slug"], Text(**row["name"]), row["status"]) for row in _vocabulary()["actors"])


@cache
def levers() -> tuple[Lever, ...]:
    """The three levers.

    >>> [lever.id for lever in levers()]
    ['vision', 'action', 'management']
    """
    return tuple(Lever(row["id"], Text(**row["name"]), row["status"]) for row in _vocabulary()["levers"])


@cache
def _vocabulary() -> dict[str, list[dict[str, Any]]]:
    text = files("odd17.core.kernel").joinpath("actors.yaml").read_text(encoding="utf-8")
    return cast(dict[str, list[dict[str, Any]]], yaml.safe_load(text))
