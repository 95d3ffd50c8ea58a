"""``/api/v1/perceptions`` and ``/api/v1/studies``: what those asked say, and how it crosses the figures."""

from __future__ import annotations

from typing import Annotated

from django.http import HttpRequest
from django.utils.translation import gettext_noop
from ninja import Query, Router
from ninja.decorators import decorate_view

from odd17.core.perceptions.tables import Measure
from odd17.publishing.crossing_payload import crossing_payload, perception_payload
from odd17.publishing.studies import study_payload
from odd17.web.pages.current import release_of
from odd17.web.pages.page_cache import page_of_release
from odd17.workflows.crossing import crossing_of, perceptions_of

from .answers import Language, Payload, answers
from .crossing_schemas import CrossingOut, PerceptionsOut, StudyOut

router = Router()


@router.get(
    "/territories/{identifier}/crossing",
    operation_id="odd17_web_api_endpoints_crossing",
    response=answers(CrossingOut),
    summary=gettext_noop("Figures, eyes and practices of a territory, crossed"),
    tags=["crossing"],
)
@decorate_view(page_of_release)
def crossing(request: HttpRequest, identifier: str, lang: Language = "fr") -> Payload:
    """Each domain by its figures and by each group asked: ranks, gaps, quadrants, priorities, with probabilities."""
    return crossing_payload(crossing_of(release_of(request), identifier), lang)


@router.get(
    "/perceptions",
    operation_id="odd17_web_api_endpoints_perceptions",
    response=answers(PerceptionsOut),
    summary=gettext_noop("What studies tell"),
    tags=["crossing"],
)
@decorate_view(page_of_release)
def perceptions(
    request: HttpRequest,
    territory: str = Query("", max_length=200, description="Identifier, code or name; all where left out."),
    measure: Annotated[Measure | None, Query(description="Only this measure.")] = None,
    domain: str = Query("", max_length=60, description="Only this domain (id or slug)."),
    actor: str = Query("", max_length=60, description="Only this actor (id or slug)."),
    study: str = Query("", max_length=200, description="Only this study."),
    start: int = Query(0, ge=0),
    limit: int = Query(200, ge=1, le=1000),
    lang: Language = "fr",
) -> Payload:
    """Shares of respondents with interval, n, date and status; those withheld are there, empty, with status Q."""
    read = release_of(request)
    rows = perceptions_of(
        read,
        territory=territory or None,
        measure=measure,
        domain=domain or None,
        actor=actor or None,
        study=study or None,
    )
    page = rows.slice(start, limit)
    cited = [read.studies[id] for id in sorted(set(page["study"].to_list()))]
    return {
        "release": read.id,
        "total": rows.height,
        "start": start,
        "rows": perception_payload(page),
        "studies": [study_payload(item, lang) for item in cited],
    }


@router.get(
    "/studies",
    operation_id="odd17_web_api_endpoints_studies",
    response=answers(list[StudyOut]),
    summary=gettext_noop("The studies"),
    tags=["crossing"],
)
@decorate_view(page_of_release)
def studies(request: HttpRequest, lang: Language = "fr") -> list[Payload]:
    """Who was asked what, when and how; empty where the release has no study."""
    return [study_payload(item, lang) for item in release_of(request).studies.values()]
