"""A resource of the library as the API gives it: words as identifiers, with their names in the language asked."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from odd17.core.kernel import domains, goals, stages
from odd17.core.resources.library import Resource, kinds, licences
from odd17.core.resources.orientation import audiences

Payload = dict[str, Any]


def resource_payload(resource: Resource, language: str, *, path: str, file_path: str | None) -> Payload:
    """All that a resource tells; ``path`` is its page, ``file_path`` its file. What is not known is null or empty."""
    return {
        "id": resource.id,
        "title": resource.title,
        "kind": _named(kinds(), (resource.kind,), language)[0],
        "language": resource.language,
        "summary": resource.summary,
        "text": resource.body,
        "kit": dict(resource.kit),
        "audiences": _named(audiences(), resource.audiences, language),
        "domains": _named(domains(), resource.domains, language),
        "goals": _named(goals(), resource.goals, language),
        "stage": next(iter(_named(stages(), (resource.stage,), language)), None),
        "producer": resource.producer or None,
        "collection": resource.collection or None,
        "licence": next(iter(_named(licences(), (resource.licence,), language)), None),
        "date": _day(resource.day),
        "years": resource.years or None,
        "link": resource.link or None,
        "sources": list(resource.sources),
        "cited": resource.cited,
        "published": _day(resource.published),
        "path": path,
        "file_path": file_path,
    }


def _named(words: Iterable[Any], ids: Iterable[str | None], language: str) -> list[Payload]:
    known = {word.id: word.name.in_language(language) for word in words}
    return [{"id": id, "name": known.get(id, id)} for id in ids if id]


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
