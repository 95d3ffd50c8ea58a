"""The words of what is shown: names, reasons, statuses and what went wrong, in the language of the page."""

from __future__ import annotations

from collections.abc import Mapping

from django import template
from django.utils.translation import gettext as _

from odd17.core.diagnosis.peers import PEER_SETS
from odd17.core.diagnosis.reading import PeerSet
from odd17.core.indicators.indicator import Direction, Indicator, Unit
from odd17.core.indicators.source import Evidence
from odd17.core.kernel import Absence, ObsStatus, Odd17Error, Provenance, Reason, ReasonCode, Text, in_language
from odd17.core.territories.levels import Level
from odd17.core.territories.territory import Territory
from odd17.publishing import format as written
from odd17.publishing import reason_words, wording
from odd17.publishing import said as told

from ..language import language
from .numbers import months

register = template.Library()


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
def names(territories: list[Territory]) -> str:
    """Territories' names as a list in a sentence."""
    return wording.enumeration([called(territory) for territory in territories], language())


@register.filter
def node(name: str) -> str:
    """The name of a domain, a dimension or the whole."""
    return wording.node_name(name, language())


@register.filter
def levels(level: Level | str) -> str:
    """The plural of a level."""
    return wording.level_name(Level(level), language(), many=True)


@register.filter
def peer_set(peers: PeerSet) -> str:
    """ "13 metropolitan regions"."""
    return wording.peer_set(peers, language())


@register.filter
def among(peers: PeerSet) -> str:
    """ "among the 13 metropolitan regions"."""
    return wording.among(peers, language())


@register.filter
def peer_set_name(code: str) -> str:
    """A peer set's name in the plural."""
    return PEER_SETS[code].in_language(language())


@register.filter
def indicator_name(code: str, indicators: Mapping[str, Indicator]) -> str:
    """An indicator's name."""
    return indicators[code].name.in_language(language())


@register.filter
def part_name(code: str, indicators: Mapping[str, Indicator]) -> str:
    """The name of an indicator, or of a node of the frame."""
    return indicators[code].name.in_language(language()) if code in indicators else node(code)


@register.filter
def profile_label(key: str) -> str:
    """The label of a line of the profile."""
    return wording.profile_label(key, language())


@register.filter
def direction(way: Direction) -> str:
    """Which way an indicator speaks of fragility."""
    return wording.direction(way, language())


@register.filter
def unit(kind: Unit | str) -> str:
    """A unit alone."""
    return written.unit_label(kind, language())


@register.filter
def status(code: str) -> str:
    """Who stands behind a word or a choice: attested, inferred or ours."""
    return {"attested": _("attested"), "inferred": _("inferred"), "ours": _("ours")}[code]


@register.filter
def evidence(kind: Evidence) -> str:
    """What stands behind a fact of a source; only a recorded answer is verified."""
    return {
        Evidence.RECORDED: _("seen in a recorded answer"),
        Evidence.CODE: _("read in public code that uses it, not verified"),
        Evidence.GENERAL_KNOWLEDGE: _("general knowledge, not verified"),
    }[kind]


@register.filter
def periodicity(code: str) -> str:
    """How often figures are renewed."""
    return reason_words.periodicity(code, language())


@register.filter
def absence(kind: Absence) -> str:
    """The word for a kind of absence."""
    return written.absence(kind, language())


@register.filter
def absence_named(code: str) -> str:
    """The word for a kind of absence, by its code."""
    return written.absence(Absence(code), language())


@register.filter
def reason(why: Reason) -> str:
    """Why something is absent, refused or flagged."""
    return reason_words.sentence(why, language())


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
    if flag.code is ReasonCode.QUALIFIED:
        return wording.obs_status(ObsStatus(str(flag.params["status"])), language())
    return labels.get(flag.code) or reason_words.sentence(flag, language())


def _old(flag: Reason) -> str:
    age = flag.params.get("months")
    return _("old figure ({age})").format(age=months(age)) if isinstance(age, int) else _("old figure")


@register.filter
def citation(source: Provenance, release: str) -> str:
    """The citation to show beside a figure."""
    return wording.citation(source, release, language())


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
