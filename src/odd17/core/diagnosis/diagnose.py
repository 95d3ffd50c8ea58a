"""A diagnosis from slices of a release: the rows of one territory and of those it is compared with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

import polars as pl

from odd17.core.indicators.frame_definition import OVERALL
from odd17.core.indicators.indicator import Direction, Indicator
from odd17.core.indicators.series_break import SeriesBreak
from odd17.core.indicators.staleness import staleness
from odd17.core.kernel import Domain, Period, Provenance, Reason, ReasonCode, dimensions, domains
from odd17.core.territories import Cog
from odd17.core.territories.levels import Level
from odd17.core.territories.territory import Territory

from .consistency import Check, failures
from .course import Middle
from .figures import Cells, figure
from .own_perimeter import own_entry
from .peers import peer_set_of
from .profile import profile
from .reading import Diagnosis, DomainReading, Figure, Score
from .scores import read_scores, unscored
from .selection import Entry, newest, no_value


@dataclass(frozen=True, slots=True)
class Slices:
    """What a diagnosis stands on, all of one release.

    ``observations`` and ``scores`` need only the rows of the territory, its parents and the chosen ones. ``log`` is the
    method log of the territory's peer set; for the country and metropolitan France, which have none, any other.
    ``sources`` are the release's, by id. On ``day``, a figure older than its periodicity (``periodicities``, by
    indicator) is flagged; None where ages are not judged. ``middles`` are the medians of the territory's level in each
    period, by indicator and period, and ``breaks`` what the catalogue says of breaks in a series, by indicator.
    """

    release: str
    cog: Cog
    indicators: Mapping[str, Indicator]
    observations: pl.DataFrame
    scores: pl.DataFrame
    log: Mapping[str, Any]
    checks: Sequence[Check]
    sources: Mapping[str, Provenance] = field(default_factory=dict)
    periodicities: Mapping[str, str] = field(default_factory=dict)
    day: date | None = None
    middles: Mapping[tuple[str, str], Middle] = field(default_factory=dict)
    breaks: Mapping[str, Sequence[SeriesBreak]] = field(default_factory=dict)


def build_diagnosis(territory: Territory, chosen: Sequence[Territory], slices: Slices) -> Diagnosis:
    """The diagnosis of ``territory``, compared with its parents, its country and the ``chosen`` territories.

    It always has the 16 domains. A domain is a fragility where the territory stands in the most fragile third of the
    peers that have a score, a strength in the least fragile third; tied peers all stand in the middle of the places
    they share, so that a value that most peers have is neither.
    """
    peers = peer_set_of(territory, slices.cog)
    cells = Cells(slices.observations)
    entries = [Entry.from_dict(item) for item in slices.log["indicators"]]
    if peers is None:
        entries = [
            own_entry(entry, territory, slices.indicators[entry.indicator], cells, slices.cog)
            if territory.level is Level.OWN
            else _without_peers(entry, territory.level, cells.periods(territory.id), slices)
            for entry in entries
        ]
    mine = _scores_of(territory, entries, slices)
    same_level = [other for other in chosen if peers is not None and peer_set_of(other, slices.cog) == peers]
    theirs = [(other, _scores_of(other, entries, slices)) for other in same_level]
    readings = tuple(
        DomainReading(
            domain=domain,
            score=mine[domain.id],
            figures=_figures(domain, territory, chosen, entries, cells, slices),
            others=tuple((other, scores[domain.id]) for other, scores in theirs),
        )
        for domain in domains()
    )
    places = _places([reading.score for reading in readings])
    fragile = [node for node, place in sorted(places.items(), key=lambda item: item[1]) if place < 1 / 3]
    strong = [node for node, place in sorted(places.items(), key=lambda item: -item[1]) if place > 2 / 3]
    return Diagnosis(
        release=slices.release,
        territory=territory,
        parents=slices.cog.parents(territory.id),
        peers=peers,
        profile=profile(territory, slices.cog, cells, slices.sources, slices.periodicities, slices.day),
        domains=readings,
        dimensions=tuple(mine[dimension.id] for dimension in dimensions()),
        overall=mine[OVERALL],
        fragilities=tuple(fragile),
        strengths=tuple(strong),
    )


def _scores_of(territory: Territory, entries: Sequence[Entry], slices: Slices) -> dict[str, Score]:
    peers = peer_set_of(territory, slices.cog)
    rows = slices.scores.filter(pl.col("territory") == territory.id)
    if peers is None or rows.is_empty():
        return unscored(entries, slices.log)
    return read_scores(rows, entries, slices.log, peers)


def _figures(
    domain: Domain,
    territory: Territory,
    chosen: Sequence[Territory],
    entries: Sequence[Entry],
    cells: Cells,
    slices: Slices,
) -> tuple[Figure, ...]:
    parents = slices.cog.parents(territory.id)
    return tuple(
        _dated(
            figure(
                slices.indicators[entry.indicator],
                entry.period,
                entry.not_scored,
                territory,
                parents,
                chosen,
                cells,
                slices.middles,
                slices.breaks.get(entry.indicator, ()),
            ),
            slices,
        )
        for entry in entries
        if entry.domain == domain.id and entry.period is not None
    )


def _dated(found: Figure, slices: Slices) -> Figure:
    """The figure, flagged where it is out of date."""
    if slices.day is None or found.estimate.value is None:
        return found
    old = staleness(found.period, slices.periodicities.get(found.indicator.id), slices.day)
    return found if old is None else replace(found, flags=(*found.flags, old))


def _without_peers(entry: Entry, level: Level, periods: Mapping[str, Sequence[str]], slices: Slices) -> Entry:
    """The entry of an indicator for the countries, which are never ranked."""
    found = tuple(sorted(periods.get(entry.indicator, ()), key=Period.parse))
    period = newest(found)
    if period is None:
        reason: Reason | None = no_value(entry.levels, level)
    elif slices.indicators[entry.indicator].direction is Direction.UNKNOWN:
        reason = Reason(ReasonCode.DIRECTION_UNKNOWN)
    elif (entry.indicator, period) in (failed := failures(slices.checks, level)):
        reason = failed[entry.indicator, period].reason
    else:
        reason = Reason(ReasonCode.TOO_FEW_PEERS)
    return Entry(entry.indicator, entry.domain, period, found, len(found), entry.levels, reason)


def _places(scores: Sequence[Score]) -> dict[str, float]:
    """Where each scored node stands among the peers: 0 = most fragile, 1 = least, ties in their middle."""
    return {
        score.node: (score.rank.value - 0.5 + score.rank.tied / 2) / score.rank.of
        for score in scores
        if score.rank is not None
    }
