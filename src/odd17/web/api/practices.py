"""``/api/v1/practices``: the public practices, searched as on their page."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Literal

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext_noop
from ninja import Query, Router

from odd17.core.kernel import UsageError
from odd17.core.practices.case import Case
from odd17.core.practices.query import LAST_PAGE, LONGEST, Facet, PracticeQuery, Sort
from odd17.publishing.practice_payload import practice_payload
from odd17.web.pages.current import release_of
from odd17.web.practices.following import find_practices
from odd17.web.practices.search_words import value_name
from odd17.web.practices.selectors import cases_numbered, practice_case, published

from .answers import Language, Payload, answers
from .practice_schemas import PracticeOut, PracticesOut
from .searching import Values, counted, filters_of

router = Router()


class PracticeOrder(StrEnum):
    """In which order."""

    RELEVANCE = "relevance"
    DATE = "date"
    PROOF = "proof"
    NEARNESS = "nearness"


@router.get(
    "/practices",
    operation_id="odd17_web_api_practices_practices",
    response=answers(PracticesOut),
    summary=gettext_noop("Practices, by words and filters"),
    tags=["practices"],
)
def practices(
    request: HttpRequest,
    q: str = Query("", max_length=LONGEST, description="Words, or a phrase in quotes; all practices where left out."),
    domain: Values = [],  # noqa: B006 - read, never changed
    goal: Values = [],  # noqa: B006 - read, never changed
    partner: Values = [],  # noqa: B006 - read, never changed
    type: Values = [],  # noqa: B006 - read, never changed
    family: Values = [],  # noqa: B006 - read, never changed
    trade: Values = [],  # noqa: B006 - read, never changed
    stage: Values = [],  # noqa: B006 - read, never changed
    proof: Values = [],  # noqa: B006 - read, never changed
    territory: Values = [],  # noqa: B006 - read, never changed
    scale: Values = [],  # noqa: B006 - read, never changed
    year: Values = [],  # noqa: B006 - read, never changed
    sort: Annotated[PracticeOrder, Query(description="In which order; nearness needs near.")] = PracticeOrder.RELEVANCE,
    near: Annotated[str | None, Query(max_length=200, description="The territory to be near to.")] = None,
    practice_language: Annotated[Literal["fr", "en"] | None, Query(description="Only practices told in it.")] = None,
    page: int = Query(1, ge=1, le=LAST_PAGE),
    limit: int = Query(20, ge=1, le=100),
    lang: Language = "fr",
) -> Payload:
    """Values of one filter widen one another, filters narrow. A territory holds all that is in it."""
    asked = {
        Facet.DOMAIN: domain, Facet.GOAL: goal, Facet.PARTNER: partner, Facet.TYPE: type, Facet.FAMILY: family,
        Facet.TRADE: trade, Facet.STAGE: stage, Facet.PROOF: proof, Facet.TERRITORY: territory, Facet.SCALE: scale,
        Facet.YEAR: year,
    }  # fmt: skip
    if sort is PracticeOrder.NEARNESS and near is None:
        raise UsageError("Sorting by nearness needs a territory to be near to.")
    query = PracticeQuery(
        text=q,
        filters=filters_of(asked),
        sort=Sort[sort.name],
        page=page,
        near=None if near is None else release_of(request).cog.resolve(near).id,
        language=practice_language,
    )
    found = find_practices(query, limit)
    cases = {case.id: case for case in cases_numbered(hit.id for hit in found.hits)}
    return {
        **counted(found, page, limit),
        "practices": [_payload(request, cases[hit.id], lang) for hit in found.hits if hit.id in cases],
    }


@router.get(
    "/practices/{number}",
    operation_id="odd17_web_api_practices_practice",
    response=answers(PracticeOut),
    summary=gettext_noop("One practice"),
    tags=["practices"],
)
def practice(request: HttpRequest, number: int, lang: Language = "fr") -> Payload:
    """All that a public practice tells."""
    return _payload(request, practice_case(get_object_or_404(published(), pk=min(number, 2**62))), lang)


def _payload(request: HttpRequest, case: Case, language: str) -> Payload:
    cog = release_of(request).cog

    def called(id: str) -> str:
        return value_name(Facet.TERRITORY, id, language, cog)

    prefix = "/en" if language == "en" else ""
    path = f"{prefix}/pratiques/{case.id}-{_words(case.title)}/"
    return practice_payload(case, language, called=called, path=path, today=timezone.localdate())


def _words(title: str) -> str:
    return slugify(title)[:80] or "pratique"
