"""Names and sentences: levels, peers, statuses, what stands out in a territory, how to cite."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from odd17.core.diagnosis.peers import population_classes
from odd17.core.diagnosis.reading import Diagnosis, PeerSet
from odd17.core.indicators.frame_definition import OVERALL
from odd17.core.indicators.indicator import Direction
from odd17.core.kernel import ObsStatus, Provenance, dimensions, domains, in_language
from odd17.core.territories.levels import Level
from odd17.core.territories.territory import Territory

from . import format
from .language import Translator, msgid, translator

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
