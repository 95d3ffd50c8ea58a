"""The four dimensions and sixteen domains: the words that every room shares, loaded from ``domains.yaml``."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, cast

import yaml

from .text import Text


@dataclass(frozen=True, slots=True)
class Dimension:
    """One of the four dimensions; ``status`` says whether the report attests it or we completed it."""

    id: str
    name: Text
    status: str


@dataclass(frozen=True, slots=True)
class Domain:
    """One of the sixteen domains, in the order of the report; ``slug`` is its lasting address."""

    id: str
    dimension: str
    name: Text
    slug: str
    status: str


@cache
def dimensions() -> tuple[Dimension, ...]:
    """The four dimensions, in the report's order."""
    return tuple(Dimension(row["id"], Text(**row["name"]), row["status"]) for row in _vocabulary()["dimensions"])


@cache
def domains() -> tuple[Domain, ...]:
    """The sixteen domains, in the report's order.

    >>> len(domains()), domains()[0].name.fr
    (16, 'Emploi')
    """
    return tuple(
        Domain(row["id"], row["dimension"], Text(**row["name"]), row["slug"], row["status"])
        for row in _vocabulary()["domains"]
    )


def domain(id: str) -> Domain:
    """The domain called ``id``; raises KeyError for any other."""
    return _by_id()[id]


@cache
def _by_id() -> dict[str, Domain]:
    return {item.id: item for item in domains()}


@cache
def _vocabulary() -> dict[str, list[dict[str, Any]]]:
    text = files("odd17.core.kernel").joinpath("domains.yaml").read_text(encoding="utf-8")
    return cast(dict[str, list[dict[str, Any]]], yaml.safe_load(text))
