"""What a call shows to everybody."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import get_language

from odd17.core.kernel import domains, partner_kinds
from odd17.core.territories import Cog
from odd17.core.territories.territory import Territory
from odd17.web.alliances.forms import words_of
from odd17.web.alliances.selectors import card_stands
from odd17.web.alliances.territory_field import territory_placed

from .models import Call


@dataclass(frozen=True, slots=True)
class CallPage:
    """A call in the reader's language; ``place`` names its territory, ``card``: its alliance has a public card."""

    call: Call
    territory: Territory | None
    place: str
    domains: list[str]
    kinds: list[str]
    card: bool
    other_language: str


def call_page(call: Call, cog: Cog) -> CallPage:
    """The call as all read it."""
    found = cog.get([call.territory]) if call.territory in cog else ()
    return CallPage(
        call,
        found[0] if found else None,
        territory_placed(cog, found[0]) if found else "",
        words_of(domains(), call.domains),
        words_of(partner_kinds(), call.kinds),
        card_stands(call.alliance),
        call.language if call.language != get_language() else "",
    )
