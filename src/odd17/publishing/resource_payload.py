"""A resource of the library as the API gives it: words as identifiers, with their names in the language asked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from odd17.core.kernel import domains, goals, stages
from odd17.core.resources.library import Resource, kinds, licences
from odd17.core.resources.orientation import audiences

Payload = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Led:
    """A resource or a practice that a kit leads to."""

    id: str
    title: str
    path: str


@dataclass(frozen=True, slots=True)
class AxisTold:
    """One axis of a kit: its name, its text as words and as HTML, and what it leads to, each with its address."""

    id: str
    name: str
    text: str
    html: str
    links: tuple[tuple[str, str], ...]
    resources: tuple[Led, ...]
    practices: tuple[Led, ...]


@dataclass(frozen=True, slots=True)
class PageTold:
    """What the page of a resource has beside its words; ``translations`` are languages and the paths of pages."""

    path: str
    html: str
    axes: tuple[AxisTold, ...] = ()
    file_path: str | None = None
    file_size: int | None = None
    translations: tuple[tuple[str, str], ...] = ()
    updated: str | None = None


def resource_payload(resource: Resource, page: PageTold, language: str) -> Payload:
    """All that the page of a resource tells. What is not known is null or empty."""
    return {
        "id": resource.id,
        "title": resource.title,
        "kind": _named(kinds(), (resource.kind,), language)[0],
        "language": resource.language,
        "summary": resource.summary,
        "text": resource.body,
        "text_html": page.html,
        "kit": [_axis(axis) for axis in page.axes],
        "audiences": _named(audiences(), resource.audiences, language),
        "domains": _named(domains(), resource.domains, language),
        "goals": _named(goals(), resource.goals, language),
        "stage": next(iter(_named(stages(), (resource.stage,), language)), None),
        "producer": resource.producer or None,
        "collection": resource.collection or None,
        "licence": _licence(resource.licence, language),
        "date": _day(resource.day),
        "years": resource.years or None,
        "link": resource.link or None,
        "sources": list(resource.sources),
        "cited": resource.cited,
        "published": _day(resource.published),
        "updated": page.updated,
        "path": page.path,
        "translations": [{"language": other, "path": path} for other, path in page.translations],
        "file_path": page.file_path,
        "file_name": resource.file or None,
        "file_size": page.file_size,
    }


def _axis(axis: AxisTold) -> Payload:
    return {
        "id": axis.id,
        "name": axis.name,
        "text": axis.text,
        "text_html": axis.html,
        "links": [{"label": label, "address": address} for label, address in axis.links],
        "resources": [_led(one) for one in axis.resources],
        "practices": [_led(one) for one in axis.practices],
    }


def _led(one: Led) -> Payload:
    return {"id": one.id, "title": one.title, "path": one.path}


def _licence(id: str | None, language: str) -> Payload | None:
    found = next((licence for licence in licences() if licence.id == id), None)
    if found is None:
        return None
    return {"id": found.id, "name": found.name.in_language(language), "address": found.address or None}


def _named(words: Iterable[Any], ids: Iterable[str | None], language: str) -> list[Payload]:
    known = {word.id: word.name.in_language(language) for word in words}
    return [{"id": id, "name": known.get(id, id)} for id in ids if id]


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
