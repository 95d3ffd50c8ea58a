"""Figures, ranks, reasons and addresses in templates: the words and the number formats are publishing's."""

from __future__ import annotations

import datetime
from collections.abc import Mapping

from django import template
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from odd17.core.diagnosis.card import Distribution
from odd17.core.diagnosis.peers import PEER_SETS
from odd17.core.diagnosis.ranking import RankedTerritory, Ranking, RankingColumn
from odd17.core.diagnosis.reading import PeerSet, ProfileItem, Rank
from odd17.core.diagnosis.side_by_side import DomainRow, SideBySide
from odd17.core.diagnosis.twins import Gap, Twins
from odd17.core.indicators.indicator import Direction, Indicator, Unit
from odd17.core.indicators.source import Evidence
from odd17.core.kernel import Absence, Estimate, Odd17Error, Provenance, Reason, ReasonCode, Text, in_language
from odd17.core.territories.cog import Cog
from odd17.core.territories.levels import Level
from odd17.core.territories.territory import Territory
from odd17.publishing import firmness as firm
from odd17.publishing import format as written
from odd17.publishing import said as told
from odd17.publishing import twins as twin_words
from odd17.publishing import wording

from ..addresses import address_of

register = template.Library()


def language() -> str:
    """The language of the page being drawn."""
    return get_language() or "fr"


@register.filter
def said(message: str | Odd17Error) -> str:
    """What went wrong, in the page's language."""
    return told.said(message, language())


@register.filter
def lang(text: Text | str) -> str:
    """A text in the page's language."""
    return in_language(text, language())


@register.filter
def called(territory: Territory) -> str:
    """The name of a territory in the page's language."""
    return wording.territory_name(territory, language())


@register.filter
def address(territory: Territory) -> str:
    """The address of a territory's page."""
    return address_of(territory)


@register.filter
def figure(estimate: Estimate, indicator: Indicator) -> str:
    """A figure with its unit, or the word for its absence."""
    return written.estimate(estimate, indicator.unit, language(), decimals=indicator.decimals)


@register.filter
def figure_interval(estimate: Estimate, indicator: Indicator) -> str | None:
    """The interval of a figure, or None where it has none."""
    return written.interval(estimate, indicator.unit, language(), decimals=indicator.decimals)


@register.filter
def profile_value(item: ProfileItem) -> str:
    """The value of a line of the profile."""
    return written.profile_value(item, language())


@register.filter
def profile_label(key: str) -> str:
    """The label of a line of the profile."""
    return wording.profile_label(key, language())


@register.filter
def score(estimate: Estimate) -> str:
    """A score to one decimal."""
    return written.score(estimate, language())


@register.filter
def firmness(place: Rank) -> str | None:
    """What the interval of a rank means; None where it has none."""
    return firm.firmness(place, language())


@register.filter
def moved(place: Rank) -> str | None:
    """How a rank moved since the oldest period; None where that is not known."""
    return firm.move(place, language())


@register.filter
def how_twins(found: Twins) -> str:
    """What twins were sought by."""
    return twin_words.how(found, language())


@register.filter
def twin_reason(gap: Gap) -> str:
    """One reason why a territory is a twin."""
    return twin_words.reason(gap, language())


@register.filter
def part_name(code: str, indicators: Mapping[str, Indicator]) -> str:
    """The name of an indicator, or of a node of the frame."""
    return indicators[code].name.in_language(language()) if code in indicators else node(code)


@register.filter
def choice_name(factor: str) -> str:
    """A choice that is drawn again, in words."""
    return {"Normalise": _("the scale"), "Aggregate": _("the mean"), "weights": _("the weights")}.get(factor, factor)


@register.filter
def correlation_flag(flag: str) -> str:
    """Why a correlation calls for attention."""
    words = {
        "negative": _("one falls as the other rises"),
        "weak": _("hardly linked"),
        "collinear": _("nearly the same"),
    }
    return words.get(flag, flag)


@register.filter
def hundredths(share: float) -> str:
    """A share as a whole percentage; what an estimate puts under 0 or over 1 is brought back there."""
    return written.quantity(100 * min(1.0, max(0.0, share)), Unit.PERCENT, language(), decimals=0)


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
def rank(place: Rank) -> str:
    """A rank among its peers, with its ties and its interval."""
    return written.rank(place, language())


@register.filter
def among(peers: PeerSet) -> str:
    """ "among the 13 metropolitan regions"."""
    return wording.among(peers, language())


@register.filter
def peer_set(peers: PeerSet) -> str:
    """ "13 metropolitan regions"."""
    return wording.peer_set(peers, language())


@register.filter
def reason(why: Reason) -> str:
    """Why something is absent, refused or flagged."""
    return wording.sentence(why, language())


@register.filter
def period(code: str) -> str:
    """A period in words."""
    return written.period(code, language())


@register.filter
def whole(value: float) -> str:
    """A whole number with the language's thousands separator."""
    return written.number(value, language(), decimals=0)


@register.filter
def unit(kind: Unit | str) -> str:
    """A unit alone."""
    return written.unit_label(kind, language())


@register.filter
def direction(way: Direction) -> str:
    """Which way an indicator speaks of fragility."""
    return wording.direction(way, language())


@register.filter
def levels(level: Level | str) -> str:
    """The plural of a level."""
    return wording.level_name(Level(level), language(), many=True)


@register.filter
def node(name: str) -> str:
    """The name of a domain, a dimension or the whole."""
    return wording.node_name(name, language())


@register.filter
def names(territories: list[Territory]) -> str:
    """Territories' names as a list in a sentence."""
    return wording.enumeration([called(territory) for territory in territories], language())


@register.filter
def citation(source: Provenance, release: str) -> str:
    """The citation to show beside a figure."""
    return wording.citation(source, release, language())


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


@register.filter
def nearest(territory: Territory, cog: Cog) -> Territory | None:
    """What the territory belongs to, the nearest region, département or EPCI; None for regions and countries."""
    parents = [cog[identifier] for identifier in territory.parents]
    return next((parent for parent in parents if not parent.level.is_single), None)


@register.filter
def plain_figure(value: float, indicator: Indicator) -> str:
    """A number of an indicator with its unit."""
    return written.quantity(value, indicator.unit, language(), decimals=indicator.decimals)


@register.filter
def plain_number(value: float, indicator: Indicator) -> str:
    """A number of an indicator without its unit."""
    return written.number(value, language(), decimals=indicator.decimals)


@register.filter
def one_place(value: float) -> str:
    """A number to one decimal."""
    return written.number(value, language(), decimals=1)


@register.filter
def weight(value: float) -> str:
    """A weight: whole where it is whole, else to two decimals."""
    return written.number(value, language(), decimals=0 if float(value).is_integer() else 2)


@register.filter
def status(code: str) -> str:
    """Who stands behind a word or a choice: attested, inferred or ours."""
    return {"attested": _("attested"), "inferred": _("inferred"), "ours": _("ours")}[code]


@register.filter
def peer_set_name(code: str) -> str:
    """A peer set's name in the plural."""
    return PEER_SETS[code].in_language(language())


@register.filter
def indicator_name(code: str, indicators: Mapping[str, Indicator]) -> str:
    """An indicator's name."""
    return indicators[code].name.in_language(language())


@register.filter
def two_places(value: float) -> str:
    """A number to two decimals."""
    return written.number(value, language(), decimals=2)


@register.filter
def share(value: float) -> str:
    """A share between 0 and 1 as a percentage."""
    return written.quantity(100 * value, Unit.PERCENT, language())


@register.filter
def day(date: datetime.date) -> str:
    """A date in words."""
    return written.day(date, language())


@register.filter
def iso_day(text: str) -> str:
    """A date as manifests write it, in words."""
    return written.day(datetime.date.fromisoformat(text), language())


@register.filter
def absence(kind: Absence) -> str:
    """The word for a kind of absence."""
    return written.absence(kind, language())


@register.filter
def cells(row: RankedTerritory, ranking: Ranking) -> list[tuple[Estimate, RankingColumn]]:
    """The figures of a row, each with its column."""
    return list(zip(row.figures, ranking.columns, strict=True))


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


@register.filter
def flag_label(flag: Reason) -> str:
    """A flag in two or three words, for the mark beside a figure; the sentence is `reason`'s."""
    labels = {
        ReasonCode.TRANSCRIBED_UNVERIFIED: _("transcribed, unverified"),
        ReasonCode.NOT_CARRIED: _("not carried to today’s territories"),
        ReasonCode.PERIMETER_UNVERIFIED: _("perimeter unverified"),
        ReasonCode.SEVERAL_PERIODS: _("several periods"),
        ReasonCode.SUPPRESSED: _("confidential"),
        ReasonCode.NOT_APPLICABLE: _("not applicable"),
        ReasonCode.NO_TRUE_CONTOUR: _("no exact contour"),
        ReasonCode.OUT_OF_DATE: _old(flag),
    }
    return labels.get(flag.code) or wording.sentence(flag, language())


def _old(flag: Reason) -> str:
    age = flag.params.get("months")
    return _("old figure ({age})").format(age=months(age)) if isinstance(age, int) else _("old figure")


@register.filter
def found_in(key: str, things: Mapping[str, object]) -> object:
    """What ``things`` holds under ``key``, or nothing."""
    return things.get(key)


@register.filter
def middle(spread: Distribution) -> float:
    """The median: of a single value, the value itself."""
    return spread.quantiles[0.5]


@register.filter
def periodicity(code: str) -> str:
    """How often figures are renewed."""
    return wording.periodicity(code, language())


@register.filter
def months(count: int) -> str:
    """An age: in months under two years, else in whole years."""
    if count < 24:
        return _("1 month") if count == 1 else _("{count} months").format(count=count)
    return _("{count} years").format(count=count // 12)


@register.filter
def evidence(kind: Evidence) -> str:
    """What stands behind a fact of a source; only a recorded answer is verified."""
    return {
        Evidence.RECORDED: _("seen in a recorded answer"),
        Evidence.CODE: _("read in public code that uses it, not verified"),
        Evidence.GENERAL_KNOWLEDGE: _("general knowledge, not verified"),
    }[kind]


@register.filter
def coefficient(value: float | None) -> str:
    """A correlation to two decimals, or a dash where there is none."""
    return "–" if value is None else written.number(value, language(), decimals=2)


@register.filter
def absence_named(code: str) -> str:
    """The word for a kind of absence, by its code."""
    return written.absence(Absence(code), language())


@register.filter
def moment(at: datetime.datetime) -> str:
    """A day in words, and the hour where the site is."""
    local = timezone.localtime(at)
    return f"{written.day(local.date(), language())}, {local:%H:%M}"
