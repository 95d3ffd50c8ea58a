"""Words of catalysts, and those who are near a territory, on its page."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils import timezone
from django.utils.translation import gettext as _

from odd17.core.kernel import domains, trades
from odd17.core.resources.catalyst_query import CatalystQuery, query_from
from odd17.core.resources.catalyst_words import kinds, languages
from odd17.core.resources.catalysts import Catalyst, Freshness, freshness
from odd17.core.resources.catalysts_near import Reach
from odd17.core.territories.territory import Territory
from odd17.web.catalysts.directory_page import address_of_query
from odd17.web.catalysts.selectors import catalysts_near, directory_today
from odd17.web.pages.language import language
from odd17.web.practices.models import Practice
from odd17.workflows.releases import current_release

register = template.Library()

_HERE = 5


@register.filter
def trade_called(id: str) -> str:
    """The name of a trade."""
    return _called(trades(), id)


@register.filter
def domain_called(id: str) -> str:
    """The name of a domain."""
    return _called(domains(), id)


@register.filter
def kind_called(id: str) -> str:
    """What an entry is."""
    return _called(kinds(), id)


@register.filter
def language_called(id: str) -> str:
    """The name of a language."""
    return _called(languages(), id)


@register.filter
def state_said(one: Catalyst) -> str:
    """What is to be known of an entry before it is trusted; nothing where its holder vouches for it."""
    match freshness(one, timezone.localdate()):
        case Freshness.CITED:
            return _("cited, to be claimed")
        case Freshness.STALE:
            return _("to be confirmed")
    return ""


@register.filter
def reach_said(reach: Reach) -> str:
    """How near an entry is to the territory asked."""
    return {
        Reach.HERE: _("on this territory"),
        Reach.WIDER: _("on a wider territory"),
        Reach.PART: _("on a part of it"),
    }[reach]


@register.filter
def who_took_part(practice: Practice) -> tuple[Catalyst, ...]:
    """The entries shown today that say that they took part in a practice; none for one that is not public."""
    if practice.private or not practice.live:
        return ()
    return directory_today(current_release().cog).of_practice(str(practice.pk))


@register.inclusion_tag("catalysts/parts/here.html")
def catalysts_here(territory: Territory) -> dict[str, Any]:
    """The nearest to a territory, how many others there are, and the address of them all."""
    found = catalysts_near(territory.id, current_release().cog)
    return {
        "rows": found[:_HERE],
        "others": max(0, len(found) - _HERE),
        "all": address_of_query(CatalystQuery(territory=territory.id)),
    }


@register.inclusion_tag("catalysts/parts/too.html")
def catalysts_too(typed: str) -> dict[str, Any]:
    """The first entries that have the words typed elsewhere; nothing where none has."""
    query = CatalystQuery(query_from({"q": typed}).text)
    found = directory_today(current_release().cog).answering(query) if query.text else ()
    return {"rows": [one for one, _reach in found[:_HERE]], "found": len(found), "all": address_of_query(query)}


def _called(words: tuple[Any, ...], id: str) -> str:
    return next((one.name.in_language(language()) for one in words if one.id == id), id)
