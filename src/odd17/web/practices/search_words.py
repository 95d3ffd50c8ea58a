"""The words of what practices are filtered and sorted by, and in which order they are listed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from odd17.core.kernel import (
    alliance_types,
    domains,
    families,
    goals,
    partner_kinds,
    proofs,
    scales,
    stages,
    trades,
)
from odd17.core.practices.query import Facet, Sort
from odd17.core.territories import Cog
from odd17.publishing import wording

TITLES = {
    Facet.DOMAIN: _("Domain"),
    Facet.TERRITORY: _("Territory"),
    Facet.PARTNER: _("Kind of actor"),
    Facet.PROOF: _("Kind of proof"),
    Facet.FAMILY: _("Family of alliances"),
    Facet.TYPE: _("Type of alliance"),
    Facet.STAGE: _("Stage on the innovation path"),
    Facet.TRADE: _("Trade of the catalyst"),
    Facet.SCALE: _("Scale of action"),
    Facet.GOAL: _("Sustainable development goal"),
    Facet.YEAR: _("Year of beginning"),
}
"""The filters, in the order in which a page offers them."""

SORTS = {
    Sort.RELEVANCE: _("relevance"),
    Sort.DATE: _("date, newest first"),
    Sort.PROOF: _("strength of proof"),
    Sort.NEARNESS: _("nearness"),
}

_WORDS: dict[Facet, Callable[[], Iterable[Any]]] = {
    Facet.DOMAIN: domains,
    Facet.GOAL: goals,
    Facet.PARTNER: partner_kinds,
    Facet.TYPE: alliance_types,
    Facet.FAMILY: families,
    Facet.TRADE: trades,
    Facet.STAGE: stages,
    Facet.PROOF: proofs,
    Facet.SCALE: scales,
}


def value_name(facet: Facet, value: str, language: str, cog: Cog) -> str:
    """What a value of a filter is called; itself where nothing knows it."""
    if facet is Facet.TERRITORY:
        return wording.territory_name(cog[value], language) if value in cog else value
    named = next((word for word in _WORDS.get(facet, tuple)() if word.id == value), None)
    if named is None:
        return value
    name = str(named.name.in_language(language))
    return f"{value}. {name}" if facet is Facet.GOAL else name


def in_order(facet: Facet, counts: dict[str, int]) -> list[str]:
    """The values of a filter as a page lists them: as its vocabulary goes, the newest year first."""
    if facet is Facet.YEAR:
        return sorted(counts, reverse=True)
    order = {word.id: place for place, word in enumerate(_WORDS[facet]())}
    return sorted(counts, key=lambda value: (order.get(value, len(order)), value))
