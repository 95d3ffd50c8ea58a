"""``/api/v1/indicators``: definitions, coverage and distribution."""

from __future__ import annotations

from django.http import Http404, HttpRequest
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop
from ninja import Router
from ninja.decorators import decorate_view

from odd17.publishing.payload import card_payload, indicator_payload
from odd17.web.pages.current import release_of
from odd17.web.pages.page_cache import page_of_release
from odd17.workflows.indicator_card import describe

from .answers import Language, Payload, answers
from .figure_schemas import IndicatorCardOut, IndicatorOut

router = Router()


@router.get(
    "/indicators",
    operation_id="odd17_web_api_endpoints_indicators",
    response=answers(list[IndicatorOut]),
    summary=gettext_noop("The indicators"),
    tags=["indicators"],
)
@decorate_view(page_of_release)
def indicators(request: HttpRequest, lang: Language = "fr") -> list[Payload]:
    """Every indicator that the release knows, with its definition and source."""
    return [indicator_payload(item, lang) for item in release_of(request).indicators.values()]


@router.get(
    "/indicators/{identifier}",
    operation_id="odd17_web_api_endpoints_indicator",
    response=answers(IndicatorCardOut),
    summary=gettext_noop("One indicator"),
    tags=["indicators"],
)
@decorate_view(page_of_release)
def indicator(request: HttpRequest, identifier: str, lang: Language = "fr") -> Payload:
    """Definition, coverage by level, distribution, checks."""
    release = release_of(request)
    if identifier not in release.indicators:
        asked = format_lazy(_("No indicator is called “{name}”. See /api/v1/indicators."), name=identifier[:100])
        raise Http404(asked)
    return card_payload(describe(release, identifier), lang)
