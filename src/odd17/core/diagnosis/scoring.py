"""Scores of every territory among its peers, and the log from which they can be computed again.

A peer set is scored on its own: each indicator in its newest period, min-max among the peers, 100 = most fragile; then
weighted means by domain, dimension and whole, refused at every node where more than the frame allows is missing
(OECD/JRC, *Handbook on Constructing Composite Indicators*, 2008, sections 5.1 and 6.1).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import polars as pl

from odd17.core.indicators.aggregate import Aggregate
from odd17.core.indicators.frame import Frame
from odd17.core.indicators.frame_definition import FrameDefinition
from odd17.core.indicators.index import Index, replay
from odd17.core.indicators.indicator import Indicator
from odd17.core.indicators.normalise import Normalise
from odd17.core.indicators.result import Result
from odd17.core.indicators.series_break import SeriesBreak, begun_anew
from odd17.core.indicators.uncertainty_ranges import UncertaintyRanges
from odd17.core.territories import Cog

from .consistency import Check, check_references
from .matrix import value_matrix
from .peers import PEER_SETS, level_of, members
from .rank_intervals import NodeRanks, rank_intervals
from .score_table import score_table
from .selection import Entry, in_frame, levels_with_values, select
from .sensitivity import MOST_PEERS, sensitivity
from .tables import SCORES
from .trend import comparable, rank_changes


@dataclass(frozen=True, slots=True)
class Scoring:
    """What scoring gives: the table (columns ``SCORES``), the method log of every peer set, and the checks made."""

    scores: pl.DataFrame
    logs: dict[str, dict[str, Any]]
    checks: tuple[Check, ...]


def score(
    observations: pl.DataFrame | pl.LazyFrame,
    indicators: Mapping[str, Indicator],
    frame: FrameDefinition,
    cog: Cog,
    breaks: Mapping[str, Sequence[SeriesBreak]] | None = None,
) -> Scoring:
    """Score every peer set that has observations.

    ``observations`` has the columns of ``OBSERVATIONS``; territories that ``cog`` does not know are left out.
    ``breaks`` are those that the catalogue knows, by indicator: no change of rank bridges a dated one. The table
    is sorted by peer set, territory and node; it has a row for every peer and node (domain, dimension, ``overall``) of
    each peer set with a value of at least one indicator of a domain. Every peer set has a log: ``indicators`` says
    which entered, in which period, and why the others did not; ``index`` is the engine's own log, None where no
    indicator entered; ``nodes`` is the tree of dimensions and domains.
    """
    lazy = observations.lazy()
    indicators = dict(sorted(indicators.items()))  # nothing may hang on the order of the catalogue
    checks = check_references(lazy, indicators, cog)
    levels = levels_with_values(lazy)
    tables: list[pl.DataFrame] = []
    logs: dict[str, dict[str, Any]] = {}
    for peer_set in PEER_SETS:
        peers = members(peer_set, cog)
        own = _observations_of(lazy, peer_set, peers)
        entries = in_frame(select(own, indicators, levels, level_of(peer_set), checks), indicators, frame)
        entries = tuple(
            replace(entry, anew=begun_anew(entry.periods, (breaks or {}).get(entry.indicator, ()))) for entry in entries
        )
        values, result = _measure(own, peers, entries, indicators, frame)
        logs[peer_set] = {
            "peer_set": peer_set,
            "frame": frame.id,
            "min_available": frame.min_available,
            "nodes": _tree(frame),
            "indicators": [entry.to_dict() for entry in entries],
            "index": None if result is None else result.log,
        }
        ranges = frame.uncertainty
        firm = _firmness(peers, result, ranges, ranges.replicates_for(peers.height))
        logs[peer_set]["uncertainty"] = {
            **ranges.to_dict(),
            "replicates": ranges.replicates_for(peers.height),
            "nodes": {node: ranks.drawn for node, ranks in firm.items()},
        }
        if result is not None and peers.height <= MOST_PEERS:
            logs[peer_set]["sensitivity"] = sensitivity(result, ranges, _scored(result))
        if any(entry.values for entry in entries):
            changes = _changes(own, peers, entries, result, ranges, ranges.replicates_for(peers.height))
            tables.append(score_table(logs[peer_set], peers, own, values, result, firm, changes))
    scores = pl.concat(tables) if tables else pl.DataFrame(schema=SCORES)
    return Scoring(scores, logs, checks)


def replay_scores(log: Mapping[str, Any], observations: pl.DataFrame | pl.LazyFrame, cog: Cog) -> pl.DataFrame:
    """The scores of one peer set computed again from its log and the same observations: the same table.

    Empty where the log says that the peer set has no value.
    """
    peer_set = log["peer_set"]
    peers = members(peer_set, cog)
    own = _observations_of(observations.lazy(), peer_set, peers)
    entries = [Entry.from_dict(item) for item in log["indicators"]]
    if not any(entry.values for entry in entries):
        return pl.DataFrame(schema=SCORES)
    values = value_matrix(own, peers["territory"], _periods(entries))
    result = None if log["index"] is None else replay(log["index"], values, tables={})
    drawn = {name: value for name, value in log["uncertainty"].items() if name != "nodes"}
    ranges = UncertaintyRanges.from_dict(drawn)
    firm = _firmness(peers, result, ranges, ranges.replicates)
    changes = _changes(own, peers, entries, result, ranges, ranges.replicates)
    return score_table(log, peers, own, values, result, firm, changes)


def fit_again(log: Mapping[str, Any], observations: pl.DataFrame | pl.LazyFrame, cog: Cog) -> Result | None:
    """The index of one peer set from its log and the same observations; None where no indicator entered."""
    if log["index"] is None:
        return None
    peers = members(log["peer_set"], cog)
    own = _observations_of(observations.lazy(), log["peer_set"], peers)
    entries = [Entry.from_dict(item) for item in log["indicators"]]
    return replay(log["index"], value_matrix(own, peers["territory"], _periods(entries)), tables={})


def _firmness(
    peers: pl.DataFrame, result: Result | None, ranges: UncertaintyRanges, replicates: int
) -> dict[str, NodeRanks]:
    """Intervals by node, where there is more than one indicator under it and a peer has a score."""
    if result is None:
        return {}
    classes = peers["population_class"]
    return dict(rank_intervals(result, ranges, nodes=_scored(result), replicates=replicates, classes=classes))


def _changes(
    own: pl.LazyFrame,
    peers: pl.DataFrame,
    entries: Sequence[Entry],
    result: Result | None,
    ranges: UncertaintyRanges,
    replicates: int,
) -> dict[str, pl.DataFrame]:
    """How ranks moved since the oldest comparable period; drawn again for the peer sets that are not too large."""
    several = {entry.indicator: entry.periods for entry in entries if entry.not_scored is None}
    several = {code: periods for code, periods in several.items() if len(periods) > 1}
    if result is None or not several:
        return {}
    periods, parted = comparable(own, several, {entry.indicator: entry.anew for entry in entries})
    found = value_matrix(own, peers["territory"], periods)
    earlier = np.full(result.inputs.raw.values.shape, np.nan)
    for at, code in enumerate(result.inputs.raw.columns):
        if code in periods:
            broken = parted.filter(pl.col("indicator") == code)["territory"].implode()
            earlier[:, at] = found[code].set(found["territory"].is_in(broken), None).to_numpy()
    return rank_changes(
        result,
        earlier,
        periods,
        ranges,
        nodes=_scored(result),
        replicates=replicates,
        drawn=peers.height <= MOST_PEERS,
    )


def _scored(result: Result) -> list[str]:
    return [node for node in result.frame.aggregates if result.scores[node].count() > 0]


def _observations_of(observations: pl.LazyFrame, peer_set: str, peers: pl.DataFrame) -> pl.LazyFrame:
    kept = observations.filter(pl.col("level") == level_of(peer_set).value).select(
        "territory", "indicator", "period", "value", "obs_status", "conf_status", "note"
    )
    return kept.join(peers.lazy().select("territory"), on="territory", how="semi")


def _measure(
    own: pl.LazyFrame,
    peers: pl.DataFrame,
    entries: Sequence[Entry],
    indicators: Mapping[str, Indicator],
    frame: FrameDefinition,
) -> tuple[pl.DataFrame, Result | None]:
    values = value_matrix(own, peers["territory"], _periods(entries))
    entered = [indicators[entry.indicator] for entry in entries if entry.not_scored is None]
    if not entered:
        return values, None
    steps = [
        Normalise(frame.normalisation, low=0, high=100),
        Aggregate(frame.aggregation, min_available=frame.min_available),
    ]
    index = Index(Frame.from_table(frame.to_table(entered)), steps=steps)
    return values, index.fit(values, unit="territory")


def _periods(entries: Sequence[Entry]) -> dict[str, str]:
    """The indicators that enter, each with its period."""
    return {entry.indicator: entry.period for entry in entries if entry.not_scored is None and entry.period is not None}


def _tree(frame: FrameDefinition) -> dict[str, list[str]]:
    """Dimensions under ``overall``, and domains under each dimension."""
    tree = {node.id: [child.id for child in frame.domains if child.parent == node.id] for node in frame.dimensions}
    return {"overall": [node.id for node in frame.dimensions], **tree}
