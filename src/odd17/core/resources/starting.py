"""What the library starts with: what the report names, and a kit of odd17's own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any, cast

import yaml

from .library import KIT, Resource
from .spine import spine


@dataclass(frozen=True, slots=True)
class Start:
    """A resource to begin with, by the number that it has here; ``leads_to``: the places that each axis leads to."""

    origin: str
    resource: Resource
    leads_to: dict[str, tuple[str, ...]] = field(default_factory=dict)


@cache
def starting() -> tuple[Start, ...]:
    """Every resource to begin with; those in two languages share their ``origin``.

    >>> [start.resource.years for start in starting() if start.resource.title == "Panorama du ProBono"]
    ['2019']
    """
    return (*_cited(), *_own())


def _cited() -> Iterator[Start]:
    """The report, then what it names: nothing is added to titles, producers and years."""
    told = _told()
    source = told["source"]
    yield Start(
        "report-2020",
        Resource(
            "", source["title"], "document", producer=source["by"], day=date.fromisoformat(source["day"]), cited=True
        ),
    )
    named = Resource("", "", "document", sources=(source["cited"],), cited=True)
    for step in spine():
        for place, reading in enumerate(step.reading, start=1):
            read = replace(named, title=reading.title, producer=reading.by, years=reading.year)
            yield Start(f"reading-{step.slug}-{place}", read)
    for kit in told["cited_kits"]:
        yield Start(kit["id"], replace(named, title=kit["title"], kind=KIT, audiences=(kit["audience"],)))


def _own() -> Iterator[Start]:
    own = _told()["own"]
    for language, told in own["told"].items():
        yield Start(
            own["id"],
            Resource(
                "",
                told["title"],
                KIT,
                language=language,
                summary=told["summary"],
                kit=dict(told["axes"]),
                audiences=tuple(own["audiences"]),
                goals=tuple(own["goals"]),
                producer=own["producer"],
                licence=own["licence"],
            ),
            {axis: tuple(ids) for axis, ids in own["leads_to"].items()},
        )


@cache
def _told() -> dict[str, Any]:
    text = files("odd17.core.resources").joinpath("starting.yaml").read_text(encoding="utf-8")
    return cast(dict[str, Any], yaml.safe_load(text))
