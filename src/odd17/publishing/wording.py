"""Sentences: why something is absent or flagged, with whom a territory is compared, what stands out, how to cite."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from odd17.core.diagnosis.peers import population_classes
from odd17.core.diagnosis.reading import Diagnosis, PeerSet, ProfileItem
from odd17.core.indicators.frame_definition import OVERALL
from odd17.core.indicators.indicator import Direction, Unit
from odd17.core.kernel import ObsStatus, Provenance, Reason, ReasonCode, dimensions, domains, in_language
from odd17.core.territories.levels import Level
from odd17.core.territories.territory import Territory

from . import format
from .language import Translator, language_of, msgid, translator

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

_LEVELS: Final[dict[Level, tuple[str, str]]] = {
    Level.COUNTRY: (msgid("country"), msgid("country")),
    Level.METROPOLITAN: (msgid("metropolitan France"), msgid("metropolitan France")),
    Level.REGION: (msgid("region"), msgid("regions")),
    Level.DEPARTEMENT: (msgid("département"), msgid("départements")),
    Level.EPCI: (msgid("EPCI"), msgid("EPCIs")),
    Level.COMMUNE: (msgid("commune"), msgid("communes")),
    Level.OWN: (msgid("territory of one’s own"), msgid("territories of one’s own")),
}
_PEERS: Final[dict[str, str]] = {
    "REG-metropolitan": msgid("{count} metropolitan regions"),
    "REG-overseas": msgid("{count} overseas regions"),
    "DEP": msgid("{count} départements"),
    "EPCI": msgid("{count} EPCIs"),
    "COM": msgid("{count} communes"),
}
_AMONG: Final[dict[str, str]] = {
    "REG-metropolitan": msgid("among the {count} metropolitan regions"),
    "REG-overseas": msgid("among the {count} overseas regions"),
    "DEP": msgid("among the {count} départements"),
    "EPCI": msgid("among the {count} EPCIs"),
    "COM": msgid("among the {count} communes"),
}
_CLASS: Final = msgid("{count} communes of {inhabitants}")
_AMONG_CLASS: Final = msgid("among the {count} communes of {inhabitants}")
_DIRECTIONS: Final = {
    Direction.FRAGILITY_UP: msgid("a higher figure means more fragility"),
    Direction.FRAGILITY_DOWN: msgid("a higher figure means less fragility"),
    Direction.UNKNOWN: msgid("the source does not say which way the figure speaks of fragility"),
}
_PROFILE: Final[dict[str, str]] = {
    "population": msgid("Population"),
    "population_change": msgid("Change in population"),
    "area": msgid("Area"),
    "density": msgid("Density"),
    "regions": msgid("Regions"),
    "departements": msgid("Départements"),
    "epcis": msgid("EPCIs"),
    "communes": msgid("Communes"),
}
_STATUSES: Final = {
    ObsStatus.NORMAL: msgid("normal value"),
    ObsStatus.BREAK: msgid("break in the series"),
    ObsStatus.ESTIMATED: msgid("estimated value"),
    ObsStatus.IMPUTED: msgid("imputed value"),
    ObsStatus.COUNTED_ELSEWHERE: msgid("counted with another territory"),
    ObsStatus.NOT_COLLECTED: msgid("not collected"),
    ObsStatus.CANNOT_EXIST: msgid("cannot exist"),
    ObsStatus.MISSING: msgid("missing"),
    ObsStatus.PROVISIONAL: msgid("provisional value"),
    ObsStatus.SUPPRESSED: msgid("suppressed"),
    ObsStatus.LOW_RELIABILITY: msgid("low reliability"),
    ObsStatus.UNVALIDATED: msgid("unverified value"),
    ObsStatus.INCLUDES_ANOTHER: msgid("includes another territory"),
}


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


def level_name(level: Level, language: str, *, many: bool = False) -> str:
    """The name of a level, in the singular or the plural.

    >>> level_name(Level.REGION, "fr", many=True)
    'régions'
    """
    return translator(language)(_LEVELS[level][1 if many else 0])


def territory_name(territory: Territory, language: str) -> str:
    """The name of a territory: its own, except that the two countries have one in each language."""
    return territory.level.label.in_language(language) if territory.level.is_single else territory.name


def peer_set(peers: PeerSet, language: str) -> str:
    """The territories compared: how many, and of what kind.

    >>> peer_set(PeerSet("REG-metropolitan", 13), "fr")
    '13 régions métropolitaines'
    """
    return _of_peers(peers, _PEERS[peers.id], _CLASS, language)


def among(peers: PeerSet, language: str) -> str:
    """The territories compared, as the end of a sentence.

    >>> among(PeerSet("DEP", 101), "fr")
    'parmi les 101 départements'
    >>> among(PeerSet("COM", 12, "10000-19999"), "en")
    'among the 12 communes of 10,000 to 19,999 inhabitants'
    """
    return _of_peers(peers, _AMONG[peers.id], _AMONG_CLASS, language)


def direction(way: Direction, language: str) -> str:
    """Which way an indicator speaks of fragility."""
    return translator(language)(_DIRECTIONS[way])


def obs_status(status: ObsStatus, language: str) -> str:
    """The SDMX status of a figure in words."""
    return translator(language)(_STATUSES[status])


def profile_label(key: str, language: str) -> str:
    """The label of a line of the profile."""
    return translator(language)(_PROFILE[key])


def profile_note(item: ProfileItem, language: str) -> str | None:
    """What qualifies a line of the profile, its age among it; None where nothing does."""
    reasons = [reason for reason in (item.note, item.stale) if reason is not None]
    return " ".join(sentence(reason, language) for reason in reasons) or None


def node_name(node: str, language: str) -> str:
    """The name of a domain, a dimension or the whole; raises KeyError for any other node.

    >>> node_name("employment", "fr"), node_name("overall", "en")
    ('Emploi', 'Overall index')
    """
    if node == OVERALL:
        return translator(language)("Overall index")
    names = {item.id: item.name for item in domains()} | {item.id: item.name for item in dimensions()}
    return names[node].in_language(language)


def key_message(diagnosis: Diagnosis, language: str) -> tuple[str, ...]:
    """What stands out, in sentences: how much is known, then the fragilities and the strengths among the peers."""
    _ = translator(language)
    scored = sum(1 for reading in diagnosis.domains if reading.score.estimate.value is not None)
    total = len(diagnosis.domains)
    if diagnosis.territory.level is Level.OWN:
        return (
            _(
                "A territory of one’s own is not ranked, for it has no peers: its figures are those of its communes "
                "put together, beside those of the territories around it."
            ),
        )
    if scored == 0 or diagnosis.peers is None:
        return (_("No domain has a score for this territory in this release: no figure allows it to be compared yet."),)
    where = among(diagnosis.peers, language)
    known = _.plural(
        "{scored} domain of {total} can be compared {among}.",
        "{scored} domains of {total} can be compared {among}.",
        scored,
        scored=scored,
        total=total,
        among=where,
    )
    return (
        known,
        _stands_out(
            _,
            diagnosis.fragilities,
            _("Most marked fragilities: {domains}."),
            _("None of these domains is in the most fragile third."),
        ),
        _stands_out(
            _,
            diagnosis.strengths,
            _("Strengths: {domains}."),
            _("None of these domains is in the least fragile third."),
        ),
    )


def citation(source: Provenance, release: str, language: str) -> str:
    """The line to set beside a figure: the source's full mention, unaltered, its licence, and the release shown."""
    return translator(language)(
        "{mention}. Licence: {licence}. odd17, release {release}.",
        mention=source.citation.rstrip("."),
        licence=in_language(source.licence, language).rstrip("."),
        release=release,
    )


def how_to_cite(title: str, release: str, sources: Sequence[Provenance], language: str) -> str:
    """How to cite a page, a file or a report: its title, the release, and each source's full mention."""
    mentions = tuple(dict.fromkeys(source.citation.rstrip(".") for source in sources))
    _ = translator(language)
    if not mentions:
        return _("odd17, “{title}”, release {release}.", title=title, release=release)
    return _(
        "odd17, “{title}”, release {release}, after: {mentions}.",
        title=title,
        release=release,
        mentions=" ; ".join(mentions),
    )


def sentence_case(text: str) -> str:
    """``text`` with a capital first letter; the others as they are.

    >>> sentence_case("régions, EPCI")
    'Régions, EPCI'
    """
    return text[:1].upper() + text[1:]


def enumeration(items: Sequence[str], language: str) -> str:
    """Items as a list in a sentence.

    >>> enumeration(["a", "b", "c"], "fr"), enumeration(["a"], "en")
    ('a, b et c', 'a')
    """
    if len(items) < 2:
        return "".join(items)
    return translator(language)("{first} and {last}", first=", ".join(items[:-1]), last=items[-1])


def _of_peers(peers: PeerSet, all_of_them: str, of_a_class: str, language: str) -> str:
    _ = translator(language)
    count = format.number(peers.size, language, decimals=0)
    if peers.population_class is None:
        return _(all_of_them, count=count)
    inhabitants = population_classes()[peers.population_class].in_language(language)
    return _(of_a_class, count=count, inhabitants=inhabitants)


def _stands_out(_: Translator, nodes: Sequence[str], some: str, none: str) -> str:
    if not nodes:
        return none
    return some.format(domains=enumeration([node_name(node, _.language) for node in nodes], _.language))


_FIELD: Final = re.compile(r"{(\w+)}")


def _fact(key: str, value: object, language: str) -> str:
    """A fact of a reason as a reader writes it: levels by name, numbers with separators, years as they are."""
    if key == "levels" and isinstance(value, Sequence) and not isinstance(value, str):
        return enumeration([level_name(Level(item), language, many=True) for item in value], language)
    if key == "reference" and value in (Level.COUNTRY.value, Level.METROPOLITAN.value):
        return Level(str(value)).label.in_language(language_of(language))
    if key == "periodicity":
        return periodicity(str(value), language)
    if key == "limit" and isinstance(value, float):
        return format.quantity(value * 100, Unit.PERCENT, language, decimals=0)
    if isinstance(value, int) and key not in ("from", "to", "year", "other"):
        return format.number(value, language, decimals=0)
    if isinstance(value, float):
        return format.number(value, language, decimals=2)
    return str(value)
