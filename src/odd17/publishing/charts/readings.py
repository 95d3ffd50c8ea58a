"""Charts of a diagnosis: the profile of its sixteen domains, and an indicator's distribution among the peers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from odd17.core.diagnosis.crossing_reading import CrossedDomain
from odd17.core.diagnosis.reading import Diagnosis, DomainReading
from odd17.core.indicators.indicator import Indicator, Unit
from odd17.core.kernel import Provenance, ReasonCode
from odd17.core.territories.levels import Level
from odd17.core.territories.territory import Territory
from odd17.publishing import format, wording
from odd17.publishing.language import translator
from odd17.publishing.watermark import watermark

from .captions import Caption
from .drawings import Distribution, DomainProfile, DomainRanks, ProfileRow, RankRow

Quartiles = Mapping[str, tuple[float, float]]
"""The lower and upper quartile of the peers' scores, by domain."""


def domain_profile(diagnosis: Diagnosis, quartiles: Quartiles, language: str) -> DomainProfile:
    """The profile of a territory among its peers; a domain without a score says so in its row."""
    _ = translator(language)
    peers = diagnosis.peers
    name = wording.territory_name(diagnosis.territory, language)
    return DomainProfile(
        id="profile",
        title=_("Profile of {name}: score of each of the 16 domains", name=name),
        here=name,
        axis_title=_("score: 0 = least fragile, 100 = most fragile"),
        spread_label=_("grey band: the middle half of the {peers}", peers=wording.peer_set(peers, language))
        if peers is not None and quartiles
        else "",
        rows=tuple(
            ProfileRow(
                label=reading.domain.name.in_language(language),
                group=wording.node_name(reading.domain.dimension, language),
                value=reading.score.estimate.value,
                text=reading_in_short(reading, language),
                spread=quartiles.get(reading.domain.id),
                others=tuple(
                    (other.name, score.estimate.value)
                    for other, score in reading.others
                    if score.estimate.value is not None
                ),
            )
            for reading in diagnosis.domains
        ),
        caption=Caption(
            _("{name}: the 16 domains", name=name),
            "" if peers is None else wording.sentence_case(wording.among(peers, language)),
            source_lines(sources_of(diagnosis), diagnosis.release, language),
        ),
        watermark=watermark(diagnosis.release, language),
    )


def domain_ranks(diagnosis: Diagnosis, language: str) -> DomainRanks | None:
    """The ranks of a territory's domains with their intervals; None where no choice of ours could move one."""
    _ = translator(language)
    ranked = [
        (reading, rank)
        for reading in diagnosis.domains
        if (rank := reading.score.rank) is not None and rank.low is not None and rank.high is not None
    ]
    if all(rank.alone for _reading, rank in ranked):
        return None
    level = format.quantity(100 * ranked[0][1].level, Unit.PERCENT, language, decimals=0)
    name = wording.territory_name(diagnosis.territory, language)
    rows = [
        RankRow(
            label=reading.domain.name.in_language(language),
            group=wording.node_name(reading.domain.dimension, language),
            value=rank.value,
            low=rank.low or rank.value,
            high=rank.high or rank.value,
            of=rank.of,
            text=format.rank(rank, language),
        )
        for reading, rank in ranked
    ]
    return DomainRanks(
        id="ranks",
        title=_("Ranks of {name} by domain, with their intervals", name=name),
        axis_title=_("rank among the peers, least fragile to most fragile"),
        ends=(_("last"), _("rank 1")),
        interval_label=_("bar: {level} of the ranks that other weights, scales and means would give", level=level),
        rows=tuple(rows),
        caption=Caption(
            _("{name}: ranks by domain", name=name),
            "" if diagnosis.peers is None else wording.sentence_case(wording.among(diagnosis.peers, language)),
            source_lines(sources_of(diagnosis), diagnosis.release, language),
        ),
        watermark=watermark(diagnosis.release, language),
    )


def reading_in_short(reading: DomainReading, language: str) -> str:
    """A domain's score and rank in a few words, or the few that say why there is none."""
    _ = translator(language)
    score = reading.score
    if score.estimate.value is not None and score.rank is not None:
        return _(
            "{score} · {rank}", score=format.score(score.estimate, language), rank=format.place(score.rank, language)
        )
    if any(figure.estimate.value is not None for figure in reading.figures):
        return _("shown, not scored")
    absent = score.refusal is not None and score.refusal.code in (ReasonCode.SUPPRESSED, ReasonCode.NOT_APPLICABLE)
    return _("no score") if absent else _("no figure yet")


def distribution_chart(
    indicator: Indicator,
    period: str,
    level: Level,
    values: Sequence[float],
    marked: Sequence[tuple[Territory, float]],
    *,
    release: str,
    language: str,
) -> Distribution:
    """How ``values`` of an indicator are spread among the territories of a level, some of them marked."""
    _ = translator(language)
    name = indicator.name.in_language(language)
    when = format.period(period, language)
    return Distribution(
        id=f"distribution-{indicator.id}",
        title=_("Distribution of “{indicator}”", indicator=name),
        axis_title=f"{name}, {when} ({format.unit_label(indicator.unit, language)})",
        count_title=_("number of {level}", level=wording.level_name(level, language, many=True)),
        values=tuple(values),
        marked=tuple((wording.territory_name(territory, language), value) for territory, value in marked),
        language=translator(language).language,
        caption=Caption(
            name,
            f"{wording.sentence_case(wording.level_name(level, language, many=True))}, {when}",
            source_lines([indicator.source], release, language),
        ),
        watermark=watermark(release, language),
    )


def sources_of(diagnosis: Diagnosis) -> tuple[Provenance, ...]:
    """The sources of a diagnosis's figures, each once, in the order of the domains."""
    found = {
        figure.indicator.source.id: figure.indicator.source
        for reading in diagnosis.domains
        for figure in reading.figures
    }
    return tuple(found.values())


def all_sources(diagnosis: Diagnosis) -> tuple[Provenance, ...]:
    """The sources of all that a diagnosis shows: its figures, then the lines of its profile."""
    profile = {item.source.id: item.source for item in diagnosis.profile if item.source is not None}
    return tuple(({source.id: source for source in sources_of(diagnosis)} | profile).values())


def sources_of_ranks(rows: Sequence[CrossedDomain]) -> list[Provenance]:
    """The sources of the figures by which domains are ranked, each once."""
    return list(dict.fromkeys(source for row in rows if row.score.rank is not None for source in row.sources))


def source_lines(sources: Sequence[Provenance], release: str, language: str) -> tuple[str, ...]:
    """The lines under a drawing that leaves the platform: each mention whole, its licence, and the release."""
    _ = translator(language)
    if not sources:
        return (_("odd17, release {release}.", release=release),)
    return tuple(wording.citation(source, release, language) for source in sources)
