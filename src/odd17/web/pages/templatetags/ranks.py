"""Ranks, how firm they are, how they move, and why territories are alike."""

from __future__ import annotations

from django import template

from odd17.core.diagnosis.reading import Rank
from odd17.core.diagnosis.side_by_side import DomainRow, SideBySide
from odd17.core.diagnosis.twins import Gap, Twins
from odd17.publishing import firmness as firm
from odd17.publishing import format as written
from odd17.publishing import twins as twin_words

from ..language import language

register = template.Library()


@register.filter
def rank(place: Rank) -> str:
    """A rank among its peers, with its ties and its interval."""
    return written.rank(place, language())


@register.filter
def firmness(place: Rank) -> str | None:
    """What the interval of a rank means; None where it has none."""
    return firm.firmness(place, language())


@register.filter
def moved(place: Rank) -> str | None:
    """How a rank moved since the oldest period; None where that is not known."""
    return firm.move(place, language())


@register.filter
def move(shift: int) -> str:
    """By how many places a rank moves: up towards the most fragile, down, or not at all."""
    if shift == 0:
        return "="
    return ("▲" if shift > 0 else "▼") + "\u00a0" + written.number(abs(shift), language(), decimals=0)


@register.filter
def open_orders(row: DomainRow, side: SideBySide) -> list[str]:
    """The sentences that say which of the territories side by side the ranks of a domain cannot tell apart."""
    pairs = ([side.diagnoses[at].territory for at in pair] for pair in row.open_orders)
    return [firm.not_told_apart(pair, language()) for pair in pairs]


@register.filter
def how_twins(found: Twins) -> str:
    """What twins were sought by."""
    return twin_words.how(found, language())


@register.filter
def twin_reason(gap: Gap) -> str:
    """One reason why a territory is a twin."""
    return twin_words.reason(gap, language())
