"""``/api/v1``: every page's data. Each answer has an ETag by release; errors name their remedy."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import get_script_prefix
from django.utils.translation import gettext_noop
from ninja import NinjaAPI, Query
from ninja.decorators import decorate_view
from ninja.errors import ValidationError

from odd17.core.diagnosis.peers import PEER_SETS
from odd17.core.kernel import AmbiguousTerritory, Message, ReleaseError, Text, UnknownTerritory, UsageError, domains
from odd17.core.perceptions.tables import Measure
from odd17.core.practices.query import SearchUnavailable
from odd17.core.territories.levels import Level
from odd17.publishing.crossing_payload import crossing_payload, perception_payload
from odd17.publishing.payload import (
    card_payload,
    diagnosis_payload,
    indicator_payload,
    ranking_payload,
    territory_payload,
)
from odd17.publishing.studies import study_payload
from odd17.publishing.twins import twins_payload
from odd17.web.pages.current import home_of, release_of
from odd17.web.pages.data_page import inputs_of
from odd17.web.pages.demonstration import PREFIX
from odd17.web.pages.page_cache import page_of_release
from odd17.workflows.compare import compare as set_side_by_side
from odd17.workflows.crossing import crossing_of, perceptions_of
from odd17.workflows.diagnose import diagnose
from odd17.workflows.former_communes import former_named
from odd17.workflows.indicator_card import describe
from odd17.workflows.rankings import rank_node
from odd17.workflows.releases import Release, current_release, list_releases
from odd17.workflows.twins import twins as find_twins

from .crossing_schemas import CrossingOut, PerceptionsOut, StudyOut
from .practices import router as practices
from .problems import problem
from .schemas import (
    DiagnosisOut,
    DomainOut,
    FoundOut,
    IndicatorCardOut,
    IndicatorOut,
    ProblemOut,
    RankingOut,
    ReleaseDetailOut,
    ReleaseOut,
    SideBySideOut,
    TerritoryOut,
    TwinsOut,
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

Payload = dict[str, Any]
Language = Annotated[Literal["fr", "en"], Query(description="Language of names and sentences.")]

_ERRORS = {400: ProblemOut, 404: ProblemOut, 409: ProblemOut, 422: ProblemOut, 503: ProblemOut}


def _answers(shape: object) -> dict[int, object]:
    return {200: shape, **_ERRORS}


@api.get(
    "/territories",
    response=_answers(list[FoundOut]),
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


@api.get(
    "/territories/{identifier}",
    response=_answers(TerritoryOut),
    summary=gettext_noop("One territory"),
    tags=["territories"],
)
@decorate_view(page_of_release)
def territory(request: HttpRequest, identifier: str, lang: Language = "fr") -> Payload:
    """A territory by identifier (``REG-53``), unambiguous code or exact name."""
    return territory_payload(release_of(request).cog.resolve(identifier), lang)


@api.get(
    "/territories/{identifier}/diagnosis",
    response=_answers(DiagnosisOut),
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


@api.get(
    "/territories/{identifier}/twins",
    response=_answers(TwinsOut),
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


@api.get(
    "/territories/{identifier}/crossing",
    response=_answers(CrossingOut),
    summary=gettext_noop("Figures, eyes and practices of a territory, crossed"),
    tags=["crossing"],
)
@decorate_view(page_of_release)
def crossing(request: HttpRequest, identifier: str, lang: Language = "fr") -> Payload:
    """Each domain by its figures and by each group asked: ranks, gaps, quadrants, priorities, with probabilities."""
    return crossing_payload(crossing_of(release_of(request), identifier), lang)


@api.get(
    "/perceptions",
    response=_answers(PerceptionsOut),
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


@api.get("/studies", response=_answers(list[StudyOut]), summary=gettext_noop("The studies"), tags=["crossing"])
@decorate_view(page_of_release)
def studies(request: HttpRequest, lang: Language = "fr") -> list[Payload]:
    """Who was asked what, when and how; empty where the release has no study."""
    return [study_payload(item, lang) for item in release_of(request).studies.values()]


@api.get(
    "/compare", response=_answers(SideBySideOut), summary=gettext_noop("Territories side by side"), tags=["territories"]
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


@api.get("/domains", response=_answers(list[DomainOut]), summary=gettext_noop("The 16 domains"), tags=["domains"])
@decorate_view(page_of_release)
def domain_list(request: HttpRequest, lang: Language = "fr") -> list[Payload]:
    """The domains in the report's order."""
    return [
        {
            "id": item.id,
            "dimension": item.dimension,
            "name": item.name.in_language(lang),
            "slug": item.slug,
            "status": item.status,
        }
        for item in domains()
    ]


@api.get(
    "/domains/{domain}/ranking",
    response=_answers(RankingOut),
    summary=gettext_noop("Territories ranked on a domain"),
    tags=["domains"],
)
@decorate_view(page_of_release)
def ranking(
    request: HttpRequest,
    domain: str,
    peers: str = Query("REG-metropolitan", description=f"With whom to compare: {', '.join(PEER_SETS)}."),
    start: int = Query(0, ge=0),
    count: int = Query(200, ge=1, le=1000),
    lang: Language = "fr",
) -> Payload:
    """Peers on a domain (id or slug), dimension or ``overall``: the most fragile first, those without score last."""
    node = next((item.id for item in domains() if item.slug == domain), domain)
    return ranking_payload(rank_node(release_of(request), node, peers, start=start, count=count), lang)


@api.get(
    "/indicators", response=_answers(list[IndicatorOut]), summary=gettext_noop("The indicators"), tags=["indicators"]
)
@decorate_view(page_of_release)
def indicators(request: HttpRequest, lang: Language = "fr") -> list[Payload]:
    """Every indicator that the release knows, with its definition and source."""
    return [indicator_payload(item, lang) for item in release_of(request).indicators.values()]


@api.get(
    "/indicators/{identifier}",
    response=_answers(IndicatorCardOut),
    summary=gettext_noop("One indicator"),
    tags=["indicators"],
)
@decorate_view(page_of_release)
def indicator(request: HttpRequest, identifier: str, lang: Language = "fr") -> Payload:
    """Definition, coverage by level, distribution, checks."""
    release = release_of(request)
    if identifier not in release.indicators:
        raise Http404(f"No indicator is called {identifier[:100]!r}. See /api/v1/indicators.")
    return card_payload(describe(release, identifier), lang)


@api.get("/releases", response=_answers(list[ReleaseOut]), summary=gettext_noop("The releases"), tags=["releases"])
@decorate_view(page_of_release)
def releases(request: HttpRequest) -> list[Payload]:
    """Every release that is kept, the newest build first."""
    return [_release(request, item) for item in list_releases(home_of(request))]


@api.get(
    "/release", response=_answers(ReleaseDetailOut), summary=gettext_noop("The release that answers"), tags=["releases"]
)
@decorate_view(page_of_release)
def release(request: HttpRequest, lang: Language = "fr") -> Payload:
    """Inputs with checksums, versions, counts and files of the release read (under ``/r/<release>/``: of that one)."""
    read = release_of(request)
    files = [
        {"level": level, "format": kind, "address": f"{get_script_prefix()}fichiers/{level.value}.{kind}"}
        for level in Level
        for kind in ("csv", "parquet")
        if read.export_path(level.value, kind) is not None
    ]
    manifest = read.manifest
    return {
        **_release(request, read),
        "frame": manifest["frame"],
        "inputs": [
            {key: value.in_language(lang) if isinstance(value, Text) else value for key, value in item.items()}
            for item in inputs_of(read)
        ],
        "versions": manifest["versions"],
        "files": files,
    }


@api.get(
    "/method/{peer_set}",
    response=_answers(dict[str, Any]),
    summary=gettext_noop("The method log of a peer set"),
    tags=["releases"],
)
@decorate_view(page_of_release)
def method(request: HttpRequest, peer_set: str) -> Payload:
    """What entered the scores, in which period, with which steps: enough to compute them again."""
    if peer_set not in PEER_SETS:
        raise UsageError(
            Message(
                "{peer_set!r} is not a peer set: choose one of {peer_sets}.",
                peer_set=peer_set[:80],
                peer_sets=list(PEER_SETS),
            )
        )
    return release_of(request).method_log(peer_set)


def _release(request: HttpRequest, read: Release) -> Payload:
    manifest = read.manifest
    inside = f"/{PREFIX}" if home_of(request) is not None else ""
    return {
        "id": read.id,
        "created": manifest["created"],
        "current": read.id == current_release(home_of(request)).id,
        "prefix": f"{inside}/r/{read.id}",
        "counts": manifest["counts"],
        "digest": manifest["digest"],
    }


@api.exception_handler(UnknownTerritory)
def unknown(request: HttpRequest, error: UnknownTerritory) -> HttpResponse:
    """404 with the commune that holds a former one of this name or code, else the nearest names."""
    asked = error.query.strip().removeprefix("COM-")
    former = [
        f"{holder.id} ({holder.name})"
        for item, holder in former_named(release_of(request).cog, asked)
        if item.answers_to(asked)
    ]
    return problem(
        404, "unknown_territory", str(error), "Search with /api/v1/territories?q=", former or error.suggestions
    )


@api.exception_handler(AmbiguousTerritory)
def ambiguous(request: HttpRequest, error: AmbiguousTerritory) -> HttpResponse:
    """409 with the candidates."""
    return problem(409, "ambiguous_territory", str(error), "Ask again with one of the identifiers.", error.candidates)


@api.exception_handler(UsageError)
def misused(request: HttpRequest, error: UsageError) -> HttpResponse:
    """400."""
    return problem(400, "bad_request", str(error), "See /api/v1/openapi.json for what may be asked.")


@api.exception_handler(ReleaseError)
def unreadable(request: HttpRequest, error: ReleaseError) -> HttpResponse:
    """503."""
    return problem(503, "release_unreadable", str(error), "Try again later, or tell those who run this site.")


@api.exception_handler(SearchUnavailable)
def not_ready(request: HttpRequest, error: SearchUnavailable) -> HttpResponse:
    """503."""
    return problem(503, "search_unavailable", str(error), "Try again in a minute.")


@api.exception_handler(Http404)
def missing(request: HttpRequest, error: Http404) -> HttpResponse:
    """404."""
    return problem(404, "not_found", str(error), "See /api/v1/openapi.json for the addresses.")


@api.exception_handler(ValidationError)
def invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """422, naming each parameter that is wrong."""
    said = "; ".join(f"{'.'.join(str(part) for part in item['loc'][1:])}: {item['msg']}" for item in error.errors)
    return problem(422, "invalid_parameter", said, "Correct the parameters; see /api/v1/openapi.json.")


api.add_router("", practices)
