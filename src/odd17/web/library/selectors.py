"""Reading the library: what is public, what editors may read besides, and each resource as the rules read it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils import timezone
from wagtail.rich_text import get_text_for_indexing

from odd17.core.resources import library as core
from odd17.web.practices.scheduled import publish_due

from .models import Resource

_AT_ONCE = 500


def published() -> QuerySet[Resource]:
    """The resources that everyone may read, from the hour that an editor set and until the end."""
    publish_due(Resource)
    return Resource.objects.filter(Q(expire_at=None) | Q(expire_at__gt=timezone.now()), live=True, private=False)


def readable_by(user: object) -> QuerySet[Resource]:
    """Those that ``user`` may read: also published ones that are kept for editors, where ``user`` is one."""
    public = published()
    editor = getattr(user, "has_perm", lambda _right: False)("library.change_resource")
    return Resource.objects.filter(live=True) if editor else public


def published_resources() -> Iterator[core.Resource]:
    """Every public resource, in the order of their numbers."""
    for resource in published().select_related("locale", "file").order_by("pk").iterator(chunk_size=_AT_ONCE):
        yield library_resource(resource)


def published_versions() -> dict[str, str]:
    """The number of every public resource, and the version of it that is public."""
    return {str(key): _moment(when) for key, when in published().values_list("pk", "last_published_at")}


def resources_numbered(numbers: Iterable[str]) -> list[core.Resource]:
    """The public resources with these numbers."""
    wanted = [int(number) for number in numbers]
    return [library_resource(one) for one in published().select_related("locale", "file").filter(pk__in=wanted)]


def translations_of(resource: Resource) -> QuerySet[Resource]:
    """The same resource in the other language, where that is public."""
    return published().select_related("locale").filter(translation_key=resource.translation_key).exclude(pk=resource.pk)


def titled(titles: Iterable[str], language: str) -> dict[str, Resource]:
    """The public resources that bear these titles; where several bear one, that in ``language``, else the oldest."""
    found = published().select_related("locale").filter(title__in=set(titles)).order_by("-pk")
    return {one.title: one for one in sorted(found, key=lambda one: one.locale.language_code == language)}


def library_resource(resource: Resource) -> core.Resource:
    """The resource as search, feeds and the API read it."""
    kit = {block.block_type: get_text_for_indexing(block.value["text"].source) for block in resource.kit}
    return core.Resource(
        id=str(resource.pk),
        title=resource.title,
        kind=resource.kind,
        language=resource.locale.language_code,
        summary=resource.summary,
        body=get_text_for_indexing(resource.text),
        kit={axis: text for axis, text in kit.items() if text},
        audiences=tuple(resource.audiences),
        domains=tuple(resource.domains),
        goals=tuple(resource.goals),
        stage=resource.stage or None,
        producer=resource.producer,
        collection=resource.collection,
        licence=resource.licence or None,
        day=resource.day,
        years=resource.years,
        link=resource.link,
        file="" if resource.file is None else resource.file.filename,
        sources=tuple(line.strip() for line in resource.sources.splitlines() if line.strip()),
        cited=resource.cited,
        published=None if resource.first_published_at is None else timezone.localdate(resource.first_published_at),
        version=_moment(resource.last_published_at),
    )


def _moment(when: datetime | None) -> str:
    return "" if when is None else when.isoformat()
