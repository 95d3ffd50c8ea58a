"""``/api/v1``: every page's data. Answers have an ETag by release, but those of practices; errors name their remedy."""

from __future__ import annotations

from ninja import NinjaAPI

from . import (
    calls,
    catalysts,
    crossing,
    indicators,
    practices,
    programmes,
    rankings,
    refusals,
    releases,
    resources,
    territories,
)

DESCRIPTION = (
    "Figures, scores, ranks, sources and reasons of odd17, by release. Numbers are raw; statuses are SDMX codes; a "
    "score runs from 0 to 100, 100 being the most fragile of the peers. Put /r/<release> before /api/v1 to read an "
    "older release."
)
api = NinjaAPI(
    title="odd17",
    version="1.0.0",
    description=DESCRIPTION,
    docs_url=None,
    openapi_url="openapi.json",
    urls_namespace="api",
)
for part in (territories, crossing, rankings, indicators, releases, practices, resources, programmes, catalysts, calls):
    api.add_router("", part.router)
for kind, handler in refusals.HANDLERS.items():
    api.add_exception_handler(kind, handler)
