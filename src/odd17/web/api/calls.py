"""``/api/v1/calls``: the open calls for partners, as on their page; never their answers."""

from __future__ import annotations

from typing import Annotated

from django.http import HttpRequest
from django.utils.translation import gettext_noop
from ninja import Query, Router

from odd17.web.calls.selectors import calls_found
from odd17.web.pages.current import release_of

from .answers import Language, Payload, answers
from .call_schemas import CallsOut

router = Router()


@router.get(
    "/calls",
    operation_id="odd17_web_api_calls_calls",
    response=answers(CallsOut),
    summary=gettext_noop("The open calls for partners"),
    tags=["calls"],
)
def calls(
    request: HttpRequest,
    territory: Annotated[str | None, Query(max_length=200, description="What concerns it, or a part of it.")] = None,
    domain: Annotated[str, Query(max_length=40, description="Identifier of a domain.")] = "",
    partner: Annotated[str, Query(max_length=40, description="Identifier of a kind of actor.")] = "",
    page: int = Query(1, ge=1, le=1_000),
    limit: int = Query(20, ge=1, le=100),
    lang: Language = "fr",
) -> Payload:
    """The first to close first. A call that seeks no kind in particular seeks all."""
    cog = release_of(request).cog
    place = "" if territory is None else cog.resolve(territory).id
    found = calls_found(cog, territory=place, domain=domain, kind=partner)
    prefix = "/en" if lang == "en" else ""
    return {
        "total": len(found),
        "page": page,
        "limit": limit,
        "calls": [
            {
                "id": call.pk,
                "title": call.title,
                "need": call.need,
                "signed": call.signed,
                "territory": call.territory,
                "domains": call.domains,
                "kinds": call.kinds,
                "language": call.language,
                "published": call.published,
                "until": call.until,
                "path": f"{prefix}/appels/{call.pk}/",
            }
            for call in found[(page - 1) * limit : page * limit]
        ],
    }
