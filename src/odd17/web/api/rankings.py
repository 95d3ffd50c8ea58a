"""``/api/v1/domains``: the domains, and territories ranked on one."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import gettext_noop
from ninja import Query, Router
from ninja.decorators import decorate_view

from odd17.core.diagnosis.peers import PEER_SETS
from odd17.core.kernel import domains
from odd17.publishing.payload import ranking_payload
from odd17.web.pages.current import release_of
from odd17.web.pages.page_cache import page_of_release
from odd17.workflows.rankings import rank_node

from .answers import Language, Payload, answers
from .diagnosis_schemas import DomainOut, RankingOut

router = Router()


@router.get(
    "/domains",
    operation_id="odd17_web_api_endpoints_domain_list",
    response=answers(list[DomainOut]),
    summary=gettext_noop("The 16 domains"),
    tags=["domains"],
)
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


@router.get(
    "/domains/{domain}/ranking",
    operation_id="odd17_web_api_endpoints_ranking",
    response=answers(RankingOut),
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
