"""``/api/v1/catalysts``: the directory, searched as on its page, and who does which trade where."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from django.http import Http404, HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_noop
from ninja import Query, Router

from odd17.core.kernel import domains, trades
from odd17.core.resources.access import services
from odd17.core.resources.catalyst_query import LONGEST, CatalystQuery
from odd17.core.resources.catalyst_words import kinds, languages
from odd17.core.resources.catalysts import Catalyst
from odd17.core.resources.catalysts_near import Reach
from odd17.publishing.catalyst_payload import catalyst_payload, coverage_payload
from odd17.web.catalysts.selectors import absences, catalyst_shown, directory_today
from odd17.web.pages.current import release_of
from odd17.workflows.catalysts import coverage_places

from .answers import Language, Payload, answers
from .catalyst_schemas import CatalystOut, CatalystsOut, CoverageOut

router = Router()

Trade = StrEnum("Trade", {word.id: word.id for word in trades()})
Domain = StrEnum("Domain", {word.id: word.id for word in domains()})
CatalystKind = StrEnum("CatalystKind", {word.id: word.id for word in kinds()})
Service = StrEnum("Service", {one.id: one.id for one in services()})
Spoken = StrEnum("Spoken", {word.id: word.id for word in languages()})
Near = Annotated[str | None, Query(max_length=LONGEST, description="The territory to be near to.")]


@router.get(
    "/catalysts",
    operation_id="odd17_web_api_catalysts_catalysts",
    response=answers(CatalystsOut),
    summary=gettext_noop("Catalysts, by words, filters and nearness"),
    tags=["catalysts"],
)
def catalysts(
    request: HttpRequest,
    q: str = Query("", max_length=LONGEST, description="Words of the name or the summary."),
    trade: Annotated[Trade | None, Query(description="One of the four trades.")] = None,
    domain: Annotated[Domain | None, Query(description="One of the domains.")] = None,
    kind: Annotated[CatalystKind | None, Query(description="What it is.")] = None,
    spoken: Annotated[Spoken | None, Query(description="A language in which it works.")] = None,
    service: Annotated[Service | None, Query(description="A service that it gives.")] = None,
    near: Near = None,
    page: int = Query(1, ge=1, le=1000),
    limit: int = Query(20, ge=1, le=100),
    lang: Language = "fr",
) -> Payload:
    """Those who work on the territory asked for, then on what holds it, then on its parts; by name where none is."""
    cog = release_of(request).cog
    query = CatalystQuery(
        text=q,
        trade=trade,
        domain=domain,
        kind=kind,
        language=spoken,
        service=service,
        territory=None if near is None else cog.widest(near)[0].id,
    )
    found = directory_today(cog).answering(query)
    shown = found[(page - 1) * limit : page * limit]
    return {
        "total": len(found),
        "page": page,
        "limit": limit,
        "catalysts": [_payload(request, one, lang, reach) for one, reach in shown],
    }


@router.get(
    "/catalysts/coverage",
    operation_id="odd17_web_api_catalysts_coverage",
    response=answers(list[CoverageOut]),
    summary=gettext_noop("Who does which trade where, and what is not known"),
    tags=["catalysts"],
)
def coverage(request: HttpRequest, near: Near = None, lang: Language = "fr") -> list[Payload]:
    """Region by region, or for a territory, its parts and each that holds it. Nobody known is no absence."""
    cog = release_of(request).cog
    ids = coverage_places(cog, None if near is None else cog.widest(near)[0].id)
    matrix = directory_today(cog).coverage(ids, absences(cog))
    return coverage_payload(matrix, lang, called=lambda id: cog[id].name)


@router.get(
    "/catalysts/{identifier}",
    operation_id="odd17_web_api_catalysts_catalyst",
    response=answers(CatalystOut),
    summary=gettext_noop("One catalyst"),
    tags=["catalysts"],
)
def catalyst(request: HttpRequest, identifier: str, lang: Language = "fr") -> Payload:
    """All that a public entry says."""
    found = catalyst_shown(identifier, release_of(request).cog)
    if found is None:
        raise Http404(f"No catalyst is called {identifier[:100]!r}. See /api/v1/catalysts.")
    return _payload(request, found, lang)


def _payload(request: HttpRequest, one: Catalyst, language: str, reach: Reach | None = None) -> Payload:
    cog = release_of(request).cog
    prefix = "/en" if language == "en" else ""
    path = f"{prefix}/catalyseurs/{one.id}/"
    day = timezone.localdate()
    return catalyst_payload(one, language, called=lambda id: cog[id].name, path=path, day=day, reach=reach)
