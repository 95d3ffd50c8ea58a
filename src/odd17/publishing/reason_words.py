"""Why something is absent, refused or flagged, in a sentence, and how often figures are renewed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from odd17.core.diagnosis.reading import ProfileItem
from odd17.core.indicators.indicator import Unit
from odd17.core.kernel import ObsStatus, Reason, ReasonCode
from odd17.core.territories.levels import Level

from . import format
from .language import language_of, msgid, translator
from .wording import enumeration, level_name, obs_status

# Sentences for a reason, from the plainest on; the last one whose facts the reason carries is used.
_REASONS: Final[dict[ReasonCode, tuple[str, ...]]] = {
    ReasonCode.NO_FIGURE: (msgid("No figure yet for this domain in this release."),),
    ReasonCode.NO_FIGURE_AT_LEVEL: (
        msgid("No figure yet for territories of this level."),
        msgid("No figure yet for territories of this level; there are some for: {levels}."),
    ),
    ReasonCode.NO_FIGURE_HERE: (msgid("The source gives no figure for this territory."),),
    ReasonCode.SUPPRESSED: (msgid("The figure is covered by statistical confidentiality."),),
    ReasonCode.NOT_APPLICABLE: (msgid("The figure is not applicable to this territory."),),
    ReasonCode.INCONSISTENT_WITH_REFERENCE: (
        msgid("Shown, not scored: the national figure does not agree with those of the territories."),
        msgid(
            "Shown, not scored: the figure printed for {reference} ({found}) does not agree with the weighted mean "
            "of the territories ({expected})."
        ),
    ),
    ReasonCode.DIRECTION_UNKNOWN: (
        msgid("Shown, not scored: the source does not say whether a higher figure means more fragility."),
    ),
    ReasonCode.NOT_IN_FRAME: (msgid("Shown, not scored: the frame of this release leaves this indicator out."),),
    ReasonCode.CONSTANT: (msgid("Not scored: every territory compared has the same figure."),),
    ReasonCode.TOO_FEW_PEERS: (
        msgid("Not scored: too few territories have a figure to be compared."),
        msgid("Not scored: only {count} territories have a figure, too few to be compared."),
    ),
    ReasonCode.TOO_MANY_MISSING: (
        msgid("Not scored: too many of the figures it needs are missing."),
        msgid("Not scored: {missing} of the {total} figures it needs are missing."),
        msgid(
            "Not scored: {domains_scored} of the {domains} domains have a score, and {domains_without_figure} have no "
            "figure at all; an index that lacks more than {limit} of its parts is refused."
        ),
    ),
    ReasonCode.OWN_TERRITORY: (msgid("Shown, not ranked: a territory of one’s own has no peers to be compared with."),),
    ReasonCode.TOO_FEW_RESPONDENTS: (
        msgid("Too few respondents for a figure to be published here."),
        msgid(
            "Too few respondents: a share of fewer than {minimum} is not published, nor one from which it could be "
            "worked out."
        ),
    ),
    ReasonCode.NO_INTERVAL: (msgid("Not ranked: the design of the study does not say how uncertain this share is."),),
    ReasonCode.ASKED_IN_DIFFERENT_YEARS: (
        msgid("Not compared: they were asked in different years."),
        msgid("Not compared: asked in {year} and in {other}."),
    ),
    ReasonCode.NO_STUDY: (msgid("No study of this release says what is seen here."),),
    ReasonCode.NOT_ADDITIVE: (
        msgid(
            "Its producer publishes this figure ready-made (a median, a mean, or a rate without its two parts): "
            "nothing true can be put together for this territory."
        ),
    ),
    ReasonCode.CUTS_EPCI: (
        msgid("This figure is known of whole EPCI only, and this territory cuts at least one of them."),
    ),
    ReasonCode.ONLY_LARGER: (
        msgid("This figure is published for larger territories only."),
        msgid("This figure is published only for: {levels}. Nothing smaller can be put together."),
    ),
    ReasonCode.COMMUNES_UNKNOWN: (
        msgid(
            "Too few of its communes have this figure: they must hold 95 % of its people, and where things are counted "
            "all of them must have it."
        ),
    ),
    ReasonCode.TRANSCRIBED_UNVERIFIED: (
        msgid("Transcribed from a printed table and not verified against its source."),
    ),
    ReasonCode.QUALIFIED: (
        msgid("Its producer says more of this figure than the figure itself."),
        msgid("What its producer says of this figure: {status}."),
    ),
    ReasonCode.NOT_CARRIED: (
        msgid("The figure cannot be carried over to today's territories."),
        msgid("The figure of {from} cannot be carried over to the territories of {to}."),
    ),
    ReasonCode.PERIMETER_UNVERIFIED: (
        msgid("The code is the same as when the figure was published; the perimeter could not be verified."),
    ),
    ReasonCode.SEVERAL_PERIODS: (msgid("The figures compared are of different periods."),),
    ReasonCode.NO_TRUE_CONTOUR: (
        msgid("The exact contour of this territory is not known: neither its area nor its density is shown."),
    ),
    ReasonCode.OUT_OF_DATE: (
        msgid(
            "Old figure: at the date of this release, its period ended longer ago than figures of its periodicity take "
            "to be renewed, or more than five years ago where no periodicity is known."
        ),
        msgid("Old figure: its period ended {months} months before this release, more than five years."),
        msgid(
            "Old figure: its period ended {months} months before this release; it is renewed {periodicity}, and a "
            "newer one should exist."
        ),
    ),
}
_PERIODICITIES: Final[dict[str, str]] = {
    "monthly": msgid("every month"),
    "quarterly": msgid("every quarter"),
    "annual": msgid("every year"),
    "biennial": msgid("every two years"),
    "census": msgid("every year, by the census"),
    "irregular": msgid("at irregular dates"),
}
_FIELD: Final = re.compile(r"{(\w+)}")


def sentence(reason: Reason, language: str) -> str:
    """One sentence that says why, with the reason's facts where it carries them.

    >>> sentence(Reason(ReasonCode.TOO_MANY_MISSING, {"missing": 7, "total": 16}), "en")
    'Not scored: 7 of the 16 figures it needs are missing.'
    """
    _ = translator(language)
    facts = {key: _fact(key, value, language) for key, value in reason.params.items()}
    told = [text for text in _REASONS[reason.code] if set(_FIELD.findall(text)) <= set(facts)]
    return _(told[-1], **facts)


def periodicity(code: str, language: str) -> str:
    """How often figures are renewed.

    >>> periodicity("annual", "en")
    'every year'
    """
    return translator(language)(_PERIODICITIES[code])


def profile_note(item: ProfileItem, language: str) -> str | None:
    """What qualifies a line of the profile, its age among it; None where nothing does."""
    reasons = [reason for reason in (item.note, item.stale) if reason is not None]
    return " ".join(sentence(reason, language) for reason in reasons) or None


def _fact(key: str, value: object, language: str) -> str:
    """A fact of a reason as a reader writes it: levels by name, numbers with separators, years as they are."""
    if key == "levels" and isinstance(value, Sequence) and not isinstance(value, str):
        return enumeration([level_name(Level(item), language, many=True) for item in value], language)
    if key == "reference" and value in (Level.COUNTRY.value, Level.METROPOLITAN.value):
        return Level(str(value)).label.in_language(language_of(language))
    if key == "status":
        return obs_status(ObsStatus(str(value)), language)
    if key == "periodicity":
        return periodicity(str(value), language)
    if key == "limit" and isinstance(value, float):
        return format.quantity(value * 100, Unit.PERCENT, language, decimals=0)
    if isinstance(value, int) and key not in ("from", "to", "year", "other"):
        return format.number(value, language, decimals=0)
    if isinstance(value, float):
        return format.number(value, language, decimals=2)
    return str(value)
