"""The peers ranked on one node: what the page of a domain shows beside its map."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from odd17.core.indicators.frame_definition import OVERALL
from odd17.core.indicators.indicator import Indicator
from odd17.core.indicators.staleness import staleness
from odd17.core.kernel import Estimate, Message, Reason, UsageError
from odd17.core.territories import Cog
from odd17.core.territories.territory import Territory

from .figures import Cells, flags_of
from .matrix import value_matrix
from .peers import members, peer_set_named
from .reading import PeerSet, Score
from .scores import read_score, unscored
from .selection import Entry
from .tables import SCORES


@dataclass(frozen=True, slots=True)
class RankedTerritory:
    """One row of a ranking; ``figures`` follow the columns of the ranking, and ``flags`` say what qualifies each."""

    territory: Territory
    score: Score
    population_class: str | None
    figures: tuple[Estimate, ...]
    flags: tuple[tuple[Reason, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class RankingColumn:
    """A figure of the domain, with the period that the peers share.

    ``not_scored`` says what keeps it out, ``flags`` what qualifies the figures of all peers, ``stale`` their age.
    """

    indicator: Indicator
    period: str
    not_scored: Reason | None
    flags: tuple[Reason, ...] = ()
    stale: Reason | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Ranking:
    """All peers on one node (domain, dimension or ``overall``), most fragile first, then those without a score.

    ``table`` has a row for every peer: ``territory``, ``name``, ``slug``, ``score``, ``rank``, ``tied``, ``of``,
    ``available``, ``total``, ``reason``, ``population_class``, ``class_rank``, ``class_tied``, ``class_of``, then the
    value of each of ``columns`` under its indicator's id. ``rows`` are the rows from ``start`` on that were asked for;
    ``scored`` counts the peers that have a score.
    """

    release: str
    node: str
    peers: PeerSet
    columns: tuple[RankingColumn, ...]
    table: pl.DataFrame
    rows: tuple[RankedTerritory, ...]
    start: int
    scored: int


def nodes_of(log: Mapping[str, Any]) -> list[str]:
    """The nodes of a method log: ``overall``, then each dimension with its domains."""
    tree = log["nodes"]
    return [OVERALL, *(node for dimension in tree[OVERALL] for node in (dimension, *tree[dimension]))]


def rank_peers(
    *,
    release: str,
    node: str,
    peer_set: str,
    cog: Cog,
    indicators: Mapping[str, Indicator],
    observations: pl.DataFrame,
    scores: pl.DataFrame,
    log: Mapping[str, Any],
    periodicities: Mapping[str, str] | None = None,
    day: date | None = None,
    start: int = 0,
    count: int | None = None,
) -> Ranking:
    """The ranking of ``peer_set`` on ``node``; equals are in the order of their names.

    ``scores`` are the rows of this node and peer set, ``observations`` those of the node's indicators at its level, and
    ``log`` is the peer set's. On ``day``, a column older than its periodicity (``periodicities``, by indicator) says
    so; None where ages are not judged. Raises UsageError for a node that the frame lacks.
    """
    if node not in nodes_of(log):
        raise UsageError(
            Message("{node!r} is not in the frame: choose one of {known}.", node=node, known=", ".join(nodes_of(log)))
        )
    entries = [Entry.from_dict(item) for item in log["indicators"]]
    everyone = observations.filter(pl.col("territory").is_in(members(peer_set, cog)["territory"].to_list()))
    columns = tuple(
        RankingColumn(
            indicators[entry.indicator],
            entry.period,
            entry.not_scored,
            _shared_flags(everyone, entry.indicator, entry.period),
            None if day is None else staleness(entry.period, (periodicities or {}).get(entry.indicator), day),
        )
        for entry in entries
        if entry.domain == node and entry.period is not None
    )
    peers = peer_set_named(peer_set, cog)
    table = _table(node, peer_set, cog, observations, scores, entries, log, columns)
    shown = table.slice(start, count)
    cells = Cells(observations.filter(pl.col("territory").is_in(shown["territory"].to_list())))
    rows = tuple(
        RankedTerritory(
            cog[row["territory"]],
            read_score(row | {"node": node}, entries, log, peers),
            row["population_class"],
            tuple(cells.estimate(row["territory"], column.indicator.id, column.period) for column in columns),
            tuple(_own_flags(cells, row["territory"], column) for column in columns),
        )
        for row in shown.iter_rows(named=True)
    )
    return Ranking(release, node, peers, columns, table, rows, start, table["score"].count())


def _shared_flags(observations: pl.DataFrame, indicator: str, period: str) -> tuple[Reason, ...]:
    """What qualifies every value of an indicator in a period; nothing where they are not all alike."""
    here = (pl.col("indicator") == indicator) & (pl.col("period") == period) & pl.col("value").is_not_null()
    kinds = observations.filter(here).select("obs_status", "note").unique()
    return flags_of(*kinds.row(0)) if kinds.height == 1 else ()


def _own_flags(cells: Cells, territory: str, column: RankingColumn) -> tuple[Reason, ...]:
    """What qualifies a value, beyond what qualifies all of its column."""
    if cells.estimate(territory, column.indicator.id, column.period).value is None:
        return ()
    own = cells.flags(territory, column.indicator.id, column.period)
    return tuple(flag for flag in own if flag not in column.flags)


def _table(
    node: str,
    peer_set: str,
    cog: Cog,
    observations: pl.DataFrame,
    scores: pl.DataFrame,
    entries: list[Entry],
    log: Mapping[str, Any],
    columns: tuple[RankingColumn, ...],
) -> pl.DataFrame:
    everyone = members(peer_set, cog)
    names = cog.table.select("name", "slug", territory="id")
    kept = [name for name in SCORES if name not in ("peer_set", "node", "territory", "population_class")]
    if scores.is_empty():  # nobody is scored: the same reason for all
        none = unscored(entries, log)[node]
        reason = None if none.refusal is None else none.refusal.code.value
        facts = {"available": none.available, "total": none.total, "of": 0, "reason": reason}
        alone = everyone.with_columns(pl.lit(facts.get(name), SCORES[name]).alias(name) for name in kept)
    else:
        alone = everyone.join(scores.select("territory", *kept), on="territory", how="left")
    periods = {column.indicator.id: column.period for column in columns}
    values = value_matrix(observations.lazy(), everyone["territory"], periods)
    ordered = ["territory", "name", "slug", *(name for name in SCORES if name in (*kept, "population_class")), *periods]
    return (
        alone.join(names, on="territory", how="left")
        .join(values, on="territory", how="left")
        .select(ordered)
        .sort("rank", "slug", "territory", nulls_last=True)
    )
