"""The figures of a map, from a release: the scores of a domain, an indicator's values, or no figure at all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from odd17.core.diagnosis.figures import estimate_of, flags_of
from odd17.core.diagnosis.peers import PEER_SETS, level_of, members
from odd17.core.diagnosis.selection import newest
from odd17.core.indicators.indicator import Direction, Indicator, Unit
from odd17.core.kernel import Estimate, Message, ObsStatus, Provenance, Reason, UsageError, domains
from odd17.core.territories.levels import Level
from odd17.core.territories.territory import Territory
from odd17.publishing import format, wording
from odd17.publishing.addresses import territory_path
from odd17.publishing.charts.captions import Caption
from odd17.publishing.charts.drawings import ChoroplethMap
from odd17.publishing.charts.maps import LOCATOR, Subject, choropleth_map, figure_in_words, locator_map
from odd17.publishing.charts.readings import source_lines
from odd17.publishing.watermark import watermark
from odd17.store.geometry import load_communes, load_topology
from odd17.store.releases import Release

from .figure_sources import figure_sources

DENSITY = "density"
_MISSING = Estimate(None, obs_status=ObsStatus.MISSING)

Figures = list[tuple[Territory, Estimate | None]]


def subjects(release: Release, level: Level) -> Iterator[str]:
    """What has a map at ``level`` in the release: where territories are, each domain scored, each indicator."""
    yield LOCATOR
    peer_set = _peer_set(level)
    scored = release.scores(peer_set=peer_set).filter(pl.col("score").is_not_null())["node"].unique().to_list()
    yield from (domain.id for domain in domains() if domain.id in scored)
    valued = release.observations(level=level.value).filter(pl.col("value").is_not_null())["indicator"].unique()
    yield from sorted(set(valued.to_list()) & set(release.indicators))


def subjects_within(release: Release, within: str) -> list[str]:
    """What has a map of the communes of ``within`` (``TER-…``, ``DEP-35``): domains scored, then indicators.

    In the order of the release; the map of where they are, without figure, is not named.
    """
    communes = release.cog.children(within, Level.COMMUNE)
    scores = release.scores(territories=communes, peer_set=_peer_set(Level.COMMUNE))
    scored = set(scores.filter(pl.col("score").is_not_null())["node"])
    rows = release.observations(territories=communes, level=Level.COMMUNE.value)
    valued = set(rows.filter(pl.col("value").is_not_null())["indicator"])
    return [
        *(domain.id for domain in domains() if domain.id in scored),
        *(indicator for indicator in release.indicators if indicator in valued),
    ]


def telling_subject(release: Release, within: str) -> str:
    """The map to show first of the communes of ``within``: the first domain scored, else density, else no figure."""
    there = subjects_within(release, within)
    first = there[0] if there and there[0] not in release.indicators else DENSITY
    return first if first in there else LOCATOR


def subject_name(release: Release, subject: str, language: str) -> str:
    """The name of a domain, of an indicator, or of the map without figure."""
    if subject in release.indicators:
        return release.indicators[subject].name.in_language(language)
    return (
        wording.level_name(Level.COMMUNE, language, many=True)
        if subject == LOCATOR
        else wording.node_name(subject, language)
    )


def map_drawing(
    release: Release, subject: str, level: Level, language: str, *, within: str | None = None, here: str | None = None
) -> ChoroplethMap:
    """The map of ``subject`` (a domain, an indicator, or ``territories``) at ``level``, ready to be drawn.

    ``within`` is the département (``DEP-35``) or the territory of one's own (``TER-…``) of a map of communes; ``here``
    the territory to outline. Raises UsageError for a subject, a level or a territory that has no map.
    """
    topology = _topology(release, level, within)
    wanted = [geometry["id"] for geometry in topology["objects"][level.value]["geometries"]]
    territories = [release.cog[id] for id in wanted if id in release.cog]
    where = wording.level_name(level, language, many=True)
    if within is not None:
        where = f"{where}, {release.cog[within].name}"

    def link(territory: Territory) -> str:
        return territory_path(territory, language)

    if subject == LOCATOR:
        caption = Caption(wording.sentence_case(where), "", source_lines([], release.id, language))
        return locator_map(
            territories,
            topology=topology,
            layer=level.value,
            language=language,
            link=link,
            here=here,
            caption=caption,
            watermark=watermark(release.id, language),
        )
    shown, figures, when, sources = _subject(release, subject, level, territories, language)
    return choropleth_map(
        shown,
        figures,
        topology=topology,
        layer=level.value,
        language=language,
        link=link,
        here=here,
        caption=Caption(
            shown.title,
            wording.sentence_case(", ".join(part for part in (where, when) if part)),
            source_lines(sources, release.id, language),
        ),
        watermark=watermark(release.id, language),
    )


@dataclass(frozen=True, slots=True)
class MapTable:
    """What a map shows, as a table: the ``title`` of its figures, their ``period`` in words, a figure a territory.

    Beside each figure stands what its status says of it; ``sources`` are to be cited.
    """

    title: str
    period: str
    rows: tuple[tuple[Territory, str, tuple[Reason, ...]], ...]
    sources: tuple[Provenance, ...]


def map_table(
    release: Release, subject: str, level: Level, territories: Sequence[Territory], language: str
) -> MapTable | None:
    """The figures of the map of ``subject`` for ``territories``, in words; None for the map without figures.

    Raises UsageError as ``map_drawing``.
    """
    if subject == LOCATOR:
        return None
    shown, figures, when, sources = _subject(release, subject, level, territories, language)
    rows = tuple((territory, figure_in_words(figure, shown, language), _flags(figure)) for territory, figure in figures)
    return MapTable(shown.title, when, rows, tuple(sources))


def _flags(shown: Estimate | None) -> tuple[Reason, ...]:
    return () if shown is None or shown.value is None else flags_of(shown.obs_status, None)


def _topology(release: Release, level: Level, within: str | None) -> dict[str, Any]:
    """The shapes of ``level``; ``within`` may also be a territory of one's own, whatever départements it reaches."""
    if level is not Level.COMMUNE or within is None or within not in release.cog:
        return load_topology(level, within)
    own = release.cog[within]
    if own.level is not Level.OWN:
        return load_topology(level, within)
    reached = [id for id in (*own.parents, *own.other_parents) if id.startswith(f"{Level.DEPARTEMENT.value}-")]
    return load_communes(release.cog.children(own.id, Level.COMMUNE), reached)


def _subject(
    release: Release, id: str, level: Level, territories: Sequence[Territory], language: str
) -> tuple[Subject, Figures, str, list[Provenance]]:
    """What is shown, the figure of each territory, the period in words, and the sources."""
    if id in release.indicators:
        indicator = release.indicators[id]
        period, figures = _values(release, indicator, level, territories)
        title = indicator.name.in_language(language)
        subject = Subject(id, title, indicator.unit, indicator.direction, indicator.decimals)
        return subject, figures, format.period(period, language), [indicator.source]
    if id in {domain.id for domain in domains()}:
        sources = list(figure_sources(release).get(id, ()))
        subject = Subject(id, wording.node_name(id, language), Unit.RATIO, Direction.FRAGILITY_UP)
        return subject, _scores(release, id, level, territories), "", sources
    raise UsageError(
        Message("{id!r} is neither a domain nor an indicator of release {release}.", id=id[:80], release=release.id)
    )


def _values(
    release: Release, indicator: Indicator, level: Level, territories: Sequence[Territory]
) -> tuple[str, Figures]:
    rows = release.observations(indicators=[indicator.id], level=level.value)
    period = newest(rows.filter(pl.col("value").is_not_null())["period"].unique().to_list())
    if period is None:
        raise UsageError(
            Message(
                "Indicator {indicator!r} has no figure at level {level} in release {release}.",
                indicator=indicator.id,
                level=level.value,
                release=release.id,
            )
        )
    current = rows.filter(pl.col("period") == period).iter_rows(named=True)
    found = {row["territory"]: estimate_of(row) for row in current}
    return period, [(territory, found.get(territory.id, _MISSING)) for territory in territories]


def _scores(release: Release, node: str, level: Level, territories: Sequence[Territory]) -> Figures:
    """The scores among the level's own peers; None for the level's other territories, which are compared apart."""
    peer_set = _peer_set(level)
    rows = release.scores(peer_set=peer_set, nodes=[node]).select("territory", "score").iter_rows()
    found = {territory: Estimate(score) for territory, score in rows}
    peers = set(members(peer_set, release.cog)["territory"].to_list())
    return [
        (territory, found.get(territory.id, _MISSING) if territory.id in peers else None) for territory in territories
    ]


def _peer_set(level: Level) -> str:
    """The peer set that a map of ``level`` shows: the first of the level."""
    return next(name for name in PEER_SETS if level_of(name) is level)
