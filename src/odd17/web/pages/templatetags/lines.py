"""What a template walks along or draws: rows with their columns, classes, lines side by side, addresses."""

from __future__ import annotations

from collections.abc import Mapping

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from odd17.core.diagnosis.card import Distribution
from odd17.core.diagnosis.ranking import RankedTerritory, Ranking, RankingColumn
from odd17.core.diagnosis.reading import ProfileItem
from odd17.core.diagnosis.side_by_side import SideBySide
from odd17.core.kernel import Estimate, Reason
from odd17.core.territories.cog import Cog
from odd17.core.territories.territory import Territory

from ..addresses import address_of

register = template.Library()


@register.filter
def address(territory: Territory) -> str:
    """The address of a territory's page."""
    return address_of(territory)


@register.filter
def nearest(territory: Territory, cog: Cog) -> Territory | None:
    """What the territory belongs to, the nearest region, département or EPCI; None for regions and countries."""
    parents = [cog[identifier] for identifier in territory.parents]
    return next((parent for parent in parents if not parent.level.is_single), None)


@register.filter
def found_in(key: str, things: Mapping[str, object]) -> object:
    """What ``things`` holds under ``key``, or nothing."""
    return things.get(key)


@register.filter
def middle(spread: Distribution) -> float:
    """The median: of a single value, the value itself."""
    return spread.quantiles[0.5]


@register.filter
def cells(row: RankedTerritory, ranking: Ranking) -> list[tuple[Estimate, RankingColumn, tuple[Reason, ...]]]:
    """The figures of a row, each with its column and with what qualifies it alone."""
    return list(zip(row.figures, ranking.columns, row.flags, strict=True))


@register.filter
def column_flags(column: RankingColumn) -> tuple[Reason, ...]:
    """What qualifies all the figures of a column, their age among it."""
    return column.flags if column.stale is None else (*column.flags, column.stale)


@register.filter
def classes(spread: Distribution) -> list[tuple[float, float, int]]:
    """The classes of a distribution: lower edge, upper edge, count."""
    return list(zip(spread.edges, spread.edges[1:], spread.counts, strict=False))


@register.filter
def profiles(side: SideBySide) -> list[tuple[str, list[ProfileItem | None]]]:
    """The lines of the profiles side by side: None where a territory has no such line."""
    found = [{item.key: item for item in diagnosis.profile} for diagnosis in side.diagnoses]
    keys = list(dict.fromkeys(key for items in found for key in items))
    return [(key, [items.get(key) for items in found]) for key in keys]


@register.simple_tag
def strip(estimate: Estimate) -> SafeString:
    """A score drawn on a line from 0 to 100; the number stands beside it, so the drawing is hidden from readers."""
    if estimate.value is None:
        return format_html(
            '<svg class="strip empty" viewBox="0 0 104 12" aria-hidden="true"><path d="M2 6h100"/></svg>'
        )
    return format_html(
        '<svg class="strip" viewBox="0 0 104 12" aria-hidden="true"><path d="M2 6h100M2 3v6M52 4v4M102 3v6"/>'
        '<path class="length" d="M2 6h{x}"/><circle cx="{cx}" cy="6" r="4"/></svg>',
        x=f"{estimate.value:.1f}",
        cx=f"{estimate.value + 2:.1f}",
    )
