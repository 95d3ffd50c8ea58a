"""The shapes of the API's answers about the library, those of ``publishing.resource_payload``."""

from __future__ import annotations

from ninja import Schema

from .practice_schemas import NamedOut


class ResourceOut(Schema):
    """A resource. ``kit`` has the text of each axis that is told; ``years`` stand where no ``date`` is known.

    ``licence`` is null where nobody says: ask the producer. ``cited``: a source names it and says no more.
    ``file_path`` is a document to save, null where there is none.
    """

    id: str
    title: str
    kind: NamedOut
    language: str
    summary: str
    text: str
    kit: dict[str, str]
    audiences: list[NamedOut]
    domains: list[NamedOut]
    goals: list[NamedOut]
    stage: NamedOut | None
    producer: str | None
    collection: str | None
    licence: NamedOut | None
    date: str | None
    years: str | None
    link: str | None
    sources: list[str]
    cited: bool
    published: str | None
    path: str
    file_path: str | None


class ResourcesOut(Schema):
    """The resources found. ``facets`` count them by each value of each filter, under the other filters.

    ``corrected`` are words that no resource has, each with those searched in its stead.
    """

    total: int
    page: int
    limit: int
    corrected: dict[str, list[str]]
    facets: dict[str, dict[str, int]]
    resources: list[ResourceOut]
