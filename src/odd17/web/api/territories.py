"""``/api/v1/territories``: territories by name or code, what is said of one, and several side by side."""

from __future__ import annotations

from typing import Annotated

from django.http import HttpRequest
from django.utils.translation import gettext_noop
from ninja import Query, Router
from ninja.decorators import decorate_view

from odd17.core.territories.levels import Level
from odd17.publishing.payload import diagnosis_payload, territory_payload
from odd17.publishing.twins import twins_payload
from odd17.web.pages.current import release_of
from odd17.web.pages.page_cache import page_of_release
from odd17.workflows.compare import compare as set_side_by_side
from odd17.workflows.diagnose import diagnose
from odd17.workflows.former_communes import former_named
from odd17.workflows.twins import twins as find_twins

from .answers import Language, Payload, answers
from .diagnosis_schemas import DiagnosisOut, SideBySideOut
from .territory_schemas import FoundOut, TerritoryOut, TwinsOut

router = Router()


@router.get(
    "/territories",
    operation_id="odd17_web_api_endpoints_territories",
    response=answers(list[FoundOut]),
    summary=gettext_noop("Territories by name or code"),
    tags=["territories"],
)
@decorate_view(page_of_release)
def territories(
    request: HttpRequest,
    q: str = Query("", max_length=200, description="Name or code; all the territories of a level where left out."),
    level: Annotated[Level | None, Query(description="Only territories of this level.")] = None,
    start: int = Query(0, ge=0),
    limit: int = Query(20, ge=1, le=1000),
    lang: Language = "fr",
) -> list[Payload]:
    """Search by name or code, the best answer first; without ``q``, the territories of ``level`` in order of code.

    Communes that are none any more come last: each answer is then the commune that holds it, and ``former`` says so.
    """
    cog = release_of(request).cog
    if q.strip():
        found = cog.search(q, limit=start + limit, levels=None if level is None else [level])[start:]
        answers = [territory_payload(item, lang) for item in found]
        if level in (None, Level.COMMUNE) and start == 0:
            answers += [
                {**territory_payload(holder, lang), "former": {"code": item.code, "name": item.name}}
                for item, holder in former_named(cog, q, limit=min(5, limit - len(found)))
            ]
        return answers
    levels = [level] if level is not None else list(Level)
    identifiers = [identifier for one in levels for identifier in cog.at(one)]
    return [territory_payload(item, lang) for item in cog.get(identifiers[start : start + limit])]


@router.get(
    "/territories/{identifier}",
    operation_id="odd17_web_api_endpoints_territory",
    response=answers(TerritoryOut),
    summary=gettext_noop("One territory"),
    tags=["territories"],
)
@decorate_view(page_of_release)
def territory(request: HttpRequest, identifier: str, lang: Language = "fr") -> Payload:
    """A territory by identifier (``REG-53``), unambiguous code or exact name."""
    return territory_payload(release_of(request).cog.resolve(identifier), lang)


@router.get(
    "/territories/{identifier}/diagnosis",
    operation_id="odd17_web_api_endpoints_diagnosis",
    response=answers(DiagnosisOut),
    summary=gettext_noop("The diagnosis of a territory"),
    tags=["territories"],
)
@decorate_view(page_of_release)
def diagnosis(
    request: HttpRequest,
    identifier: str,
    compare: Annotated[
        list[str], Query(default_factory=list, max_length=4, description="Up to four others to compare with.")
    ],
    lang: Language = "fr",
) -> Payload:
    """Profile, the 16 domains with scores, ranks, figures and reasons, fragilities and strengths."""
    return diagnosis_payload(diagnose(release_of(request), identifier, compare), lang)


@router.get(
    "/territories/{identifier}/twins",
    operation_id="odd17_web_api_endpoints_twins",
    response=answers(TwinsOut),
    summary=gettext_noop("The territories nearest in profile"),
    tags=["territories"],
)
@decorate_view(page_of_release)
def twins(
    request: HttpRequest,
    identifier: str,
    count: int = Query(5, ge=1, le=50, description="How many."),
    lang: Language = "fr",
) -> Payload:
    """Nearest by population, density and change in population: never by what enters a score."""
    return twins_payload(find_twins(release_of(request), identifier, count), lang)


@router.get(
    "/compare",
    operation_id="odd17_web_api_endpoints_compare",
    response=answers(SideBySideOut),
    summary=gettext_noop("Territories side by side"),
    tags=["territories"],
)
@decorate_view(page_of_release)
def compare(
    request: HttpRequest,
    t: Annotated[list[str], Query(description="Two to four territories.")],
    lang: Language = "fr",
) -> Payload:
    """Two to four diagnoses, and whether their scores may be compared."""
    side = set_side_by_side(release_of(request), t)
    diagnoses = [diagnosis_payload(item, lang) for item in side.diagnoses]
    return {"release": side.release, "same_peers": side.same_peers, "diagnoses": diagnoses}
