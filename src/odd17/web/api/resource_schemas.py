"""The shapes of the API's answers about the library, those of ``publishing.resource_payload``."""

from __future__ import annotations

from ninja import Schema

from .practice_schemas import NamedOut


class LicenceOut(NamedOut):
    """Terms of use; ``address`` is where they stand, null where nowhere."""

    address: str | None


class LinkOut(Schema):
    """Words, and where they lead: a path of this site, or an address of another."""

    label: str
    address: str


class LedOut(Schema):
    """A public resource or practice that a kit leads to; ``path`` is its page."""

    id: str
    title: str
    path: str


class AxisOut(Schema):
    """One axis of a kit: its text as words and as HTML, and what it leads to."""

    id: str
    name: str
    text: str
    text_html: str
    links: list[LinkOut]
    resources: list[LedOut]
    practices: list[LedOut]


class TranslationOut(Schema):
    """The page of the same resource in another language."""

    language: str
    path: str


class ResourceOut(Schema):
    """A resource, with what its page shows. ``text_html`` is its text with its links.

    ``kit`` has the axes that are told; ``years`` stand where no ``date`` is known.
    ``licence`` is null where nobody says: ask the producer. ``cited``: a source names it and says no more.
    ``file_path`` is a document to save, null where there is none; ``file_size`` is in bytes.
    """

    id: str
    title: str
    kind: NamedOut
    language: str
    summary: str
    text: str
    text_html: str
    kit: list[AxisOut]
    audiences: list[NamedOut]
    domains: list[NamedOut]
    goals: list[NamedOut]
    stage: NamedOut | None
    producer: str | None
    collection: str | None
    licence: LicenceOut | None
    date: str | None
    years: str | None
    link: str | None
    sources: list[str]
    cited: bool
    published: str | None
    updated: str | None
    path: str
    translations: list[TranslationOut]
    file_path: str | None
    file_name: str | None
    file_size: int | None


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
