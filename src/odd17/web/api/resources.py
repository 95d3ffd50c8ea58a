"""``/api/v1/resources``: the public resources of the library, searched as on their page."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Literal

from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_noop
from ninja import Query, Router

from odd17.core.kernel.search import LAST_PAGE, LONGEST
from odd17.core.resources.library_query import Facet, LibraryQuery, Sort
from odd17.web.library.following import find_resources
from odd17.web.library.models import Resource
from odd17.web.library.selectors import published
from odd17.web.library.told import resource_told

from .answers import Language, Payload, answers
from .resource_schemas import ResourceOut, ResourcesOut
from .searching import Values, counted, filters_of

router = Router()


class ResourceOrder(StrEnum):
    """In which order."""

    RELEVANCE = "relevance"
    DATE = "date"


@router.get(
    "/resources",
    operation_id="odd17_web_api_resources_resources",
    response=answers(ResourcesOut),
    summary=gettext_noop("Resources of the library, by words and filters"),
    tags=["resources"],
)
def resources(
    request: HttpRequest,
    q: str = Query("", max_length=LONGEST, description="Words, or a phrase in quotes; all where left out."),
    kind: Values = [],  # noqa: B006 - read, never changed
    audience: Values = [],  # noqa: B006 - read, never changed
    domain: Values = [],  # noqa: B006 - read, never changed
    goal: Values = [],  # noqa: B006 - read, never changed
    stage: Values = [],  # noqa: B006 - read, never changed
    producer: Values = [],  # noqa: B006 - read, never changed
    collection: Values = [],  # noqa: B006 - read, never changed
    licence: Values = [],  # noqa: B006 - read, never changed
    year: Values = [],  # noqa: B006 - read, never changed
    sort: Annotated[ResourceOrder, Query(description="In which order.")] = ResourceOrder.RELEVANCE,
    resource_language: Annotated[Literal["fr", "en"] | None, Query(description="Only resources in it.")] = None,
    page: int = Query(1, ge=1, le=LAST_PAGE),
    limit: int = Query(20, ge=1, le=100),
    lang: Language = "fr",
) -> Payload:
    """Values of one filter widen one another, filters narrow."""
    asked = {
        Facet.KIND: kind, Facet.AUDIENCE: audience, Facet.DOMAIN: domain, Facet.GOAL: goal, Facet.STAGE: stage,
        Facet.PRODUCER: producer, Facet.COLLECTION: collection, Facet.LICENCE: licence, Facet.YEAR: year,
    }  # fmt: skip
    query = LibraryQuery(
        text=q,
        filters=filters_of(asked),
        sort=Sort[sort.name],
        page=page,
        language=resource_language,
    )
    found = find_resources(query, limit)
    known = _read().in_bulk([int(hit.id) for hit in found.hits])
    return {
        **counted(found, page, limit),
        "resources": [resource_told(known[int(hit.id)], lang) for hit in found.hits if int(hit.id) in known],
    }


@router.get(
    "/resources/{number}",
    operation_id="odd17_web_api_resources_resource",
    response=answers(ResourceOut),
    summary=gettext_noop("One resource of the library"),
    tags=["resources"],
)
def resource(request: HttpRequest, number: int, lang: Language = "fr") -> Payload:
    """All that a public resource tells."""
    return resource_told(get_object_or_404(_read(), pk=min(number, 2**62)), lang)


def _read() -> QuerySet[Resource]:
    return published().select_related("locale", "file")
