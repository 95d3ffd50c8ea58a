"""What the library holds: documents, kits, webinars and the rest, as search, feeds and the API read them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any, Final, cast

import yaml

from odd17.core.kernel import Text

KIT: Final = "kit"
"""The kind that has four axes."""

FOLLOWED: Final = ("news", "bulletin")
"""The kinds that have a feed of their own."""

_YEARS: Final = re.compile(r"(\d{4})(?:-(\d{4}))?")
_FIRST, _LAST = 1900, 2100


@dataclass(frozen=True, slots=True)
class ResourceKind:
    """A kind of resource; ``slug`` is its name in addresses."""

    id: str
    slug: str
    name: Text
    plural: Text
    explained: Text


@dataclass(frozen=True, slots=True)
class Licence:
    """Terms of use; ``address`` is where they stand, empty where nowhere."""

    id: str
    name: Text
    address: str


@dataclass(frozen=True, slots=True)
class Resource:
    """A public resource; ``id`` is its lasting number, words are identifiers of vocabularies, empty where not told.

    ``day`` is when its producer published it or when it takes place; ``years`` what its source prints where no day is
    known: "2018", "2013-2022". ``kit`` has the text of each axis. ``link`` leads outside or to a page of the platform;
    ``cited`` marks what a source only names.
    """

    id: str
    title: str
    kind: str
    language: str = "fr"
    summary: str = ""
    body: str = ""
    kit: dict[str, str] = field(default_factory=dict)
    audiences: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()
    goals: tuple[str, ...] = ()
    stage: str | None = None
    producer: str = ""
    collection: str = ""
    licence: str | None = None
    day: date | None = None
    years: str = ""
    link: str = ""
    file: str = ""  # its name, where there is one to download
    sources: tuple[str, ...] = ()
    cited: bool = False
    published: date | None = None
    version: str = ""

    def all_years(self) -> tuple[int, ...]:
        """Every year that it is of.

        >>> Resource("1", "a", "document", years="2018-2020").all_years()
        (2018, 2019, 2020)
        """
        if self.day is not None:
            return (self.day.year,)
        span = years_of(self.years)
        return () if span is None else tuple(range(span[0], span[1] + 1))

    def sorting_day(self) -> date | None:
        """What it is sorted by: its day, else the last day of its years; None where nothing is known."""
        if self.day is not None:
            return self.day
        years = self.all_years()
        return date(years[-1], 12, 31) if years else None


def years_of(printed: str) -> tuple[int, int] | None:
    """The first and last year of what is printed; None where that is no year, nor a span in order.

    >>> years_of("2013-2022"), years_of("2018"), years_of("2022-2013"), years_of("")
    ((2013, 2022), (2018, 2018), None, None)
    """
    found = _YEARS.fullmatch(printed)
    if found is None:
        return None
    first, last = int(found[1]), int(found[2] or found[1])
    return (first, last) if _FIRST <= first <= last <= _LAST else None


@cache
def kinds() -> tuple[ResourceKind, ...]:
    """The eight kinds, in the order in which pages list them.

    >>> [kind.id for kind in kinds()][:3]
    ['document', 'kit', 'webinar']
    """
    return tuple(
        ResourceKind(one["id"], one["slug"], Text(**one["name"]), Text(**one["plural"]), Text(**one["explained"]))
        for one in _told()["kinds"]
    )


@cache
def licences() -> tuple[Licence, ...]:
    """The licences that a resource may have."""
    return tuple(Licence(one["id"], Text(**one["name"]), one["address"]) for one in _told()["licences"])


@cache
def _told() -> dict[str, Any]:
    text = files("odd17.core.resources").joinpath("library.yaml").read_text(encoding="utf-8")
    return cast(dict[str, Any], yaml.safe_load(text))
