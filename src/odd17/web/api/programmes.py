"""``/api/v1/programmes``: the public programmes, as of any date."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from django.http import Http404, HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_noop
from ninja import Query, Router

from odd17.core.kernel import in_language
from odd17.web.programmes.selectors import public_definitions, public_programme
from odd17.workflows.programme_money import money_payload
from odd17.workflows.programmes import state_payload

from .answers import Language, Payload, answers
from .programme_schemas import MoneyOut, ProgrammeOut, ProgrammeStateOut

router = Router()


@router.get(
    "/programmes",
    operation_id="odd17_web_api_programmes_programmes",
    response=answers(list[ProgrammeOut]),
    summary=gettext_noop("The public programmes"),
    tags=["programmes"],
)
def programmes(request: HttpRequest, lang: Language = "fr") -> list[Payload]:
    """The report's programme, then those that were made public."""
    return [
        {
            "id": one.id,
            "title": in_language(one.title, lang),
            "published": one.published,
            "measures": len(one.measures),
            "mention": one.mention,
        }
        for one in public_definitions()
    ]


@router.get(
    "/programmes/{identifier}",
    operation_id="odd17_web_api_programmes_programme",
    response=answers(ProgrammeStateOut),
    summary=gettext_noop("A programme as of a day"),
    tags=["programmes"],
)
def programme(
    request: HttpRequest,
    identifier: str,
    on: Annotated[date | None, Query(description="The day; today where left out.")] = None,
    lang: Language = "fr",
) -> Payload:
    """What was known on that day, and nothing later."""
    found = public_programme(identifier)
    if found is None:
        raise Http404(f"No programme is called {identifier[:100]!r}. See /api/v1/programmes.")
    return state_payload(found, on or timezone.localdate(), lang)


@router.get(
    "/programmes/{identifier}/money",
    operation_id="odd17_web_api_programmes_money",
    response=answers(MoneyOut),
    summary=gettext_noop("The money of a programme"),
    tags=["programmes"],
)
def money(request: HttpRequest, identifier: str, lang: Language = "fr") -> Payload:
    """Its amounts with what they add up to, and the totals that its source prints with their disagreements."""
    found = public_programme(identifier)
    if found is None:
        raise Http404(f"No programme is called {identifier[:100]!r}. See /api/v1/programmes.")
    return money_payload(found, found.amounts, lang)
