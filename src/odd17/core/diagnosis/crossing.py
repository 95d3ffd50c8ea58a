"""The crossing of the three analyses: what figures say, what each actor sees, who acts.

Everything is relative to the peers. Ranks by the figures and by each actor are on one scale, 1 the most fragile or
where most judge it so; what is drawn of one is drawn apart from the other. Rules: docs/method/crossing.md.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
import polars as pl

from odd17.core.indicators.rank import RankArray
from odd17.core.indicators.stage import FloatArray, IntArray
from odd17.core.indicators.uncertainty_ranges import UncertaintyRanges
from odd17.core.kernel import Message, ReasonCode, domains
from odd17.core.perceptions.tables import Measure
from odd17.core.territories import Cog

from .crossing_tables import CROSSINGS, GAPS, PRIORITIES
from .gaps import actor_gaps
from .peers import PEER_SETS, level_of, members
from .practised import PRACTISED, practised
from .priorities import priorities
from .quadrants import crossed
from .ranked import Places, Ranked
from .sights import Sight, newest_of_organisations, sights


@dataclass(frozen=True, slots=True)
class Crossing:
    """The three tables of ``crossing_tables``, each sorted by peer set, territory, domain and actors."""

    crossings: pl.DataFrame
    gaps: pl.DataFrame
    priorities: pl.DataFrame


def crossed_peer_sets(perceptions: pl.DataFrame, cog: Cog) -> list[str]:
    """The peer sets of which a study tells how many judge a domain fragile."""
    told = perceptions.filter((pl.col("measure") == Measure.FRAGILE.value) & pl.col("domain").is_not_null())
    found = told["territory"].unique().to_list()
    return [peer_set for peer_set in PEER_SETS if members(peer_set, cog)["territory"].is_in(found).any()]


def cross(
    perceptions: pl.DataFrame,
    scores: pl.DataFrame,
    replicates: Mapping[str, Mapping[str, RankArray]],
    cog: Cog,
    ranges: UncertaintyRanges,
) -> Crossing:
    """Cross what studies tell (columns ``PERCEPTIONS``) with ``scores`` (columns ``SCORES``).

    ``replicates`` holds, by peer set and domain, the ranks of the index engine (replicates × peers, in the order of
    ``members``; 0 where missing): those of ``replicated_ranks``. A domain that has scores and no replicates is decided
    by one indicator: its ranks stay. ``ranges`` gives the seed, the level of intervals and how many draws are made. The
    same rows in any order give the same bytes. Raises ValueError for replicates that are not of these peers.
    """
    tables: list[tuple[pl.DataFrame, pl.DataFrame, pl.DataFrame]] = []
    for peer_set in crossed_peer_sets(perceptions, cog):
        peers = members(peer_set, cog)["territory"]
        tables.append(
            _cross_peers(
                peer_set,
                peers,
                perceptions.filter(pl.col("level") == level_of(peer_set).value),
                scores.filter(pl.col("peer_set") == peer_set),
                replicates.get(peer_set, {}),
                ranges,
            )
        )
    found = [
        pl.concat([one[at] for one in tables]) if tables else pl.DataFrame(schema=schema)
        for at, schema in enumerate((CROSSINGS, GAPS, PRIORITIES))
    ]
    return Crossing(
        found[0].sort("peer_set", "territory", "domain", "actor"),
        found[1].sort("peer_set", "territory", "domain", "actor", "other"),
        found[2].sort("peer_set", "territory", "domain"),
    )


def _cross_peers(
    peer_set: str,
    peers: pl.Series,
    perceptions: pl.DataFrame,
    scores: pl.DataFrame,
    replicates: Mapping[str, RankArray],
    ranges: UncertaintyRanges,
) -> tuple[pl.DataFrame, pl.DataFrame, pl.DataFrame]:
    draws, codes = ranges.replicates_for(len(peers)), tuple(domain.id for domain in domains())
    seen = sights(perceptions, peers, Measure.FRAGILE, draws=draws, seed=ranges.seed)
    acting = newest_of_organisations(perceptions, peers, draws=draws, seed=ranges.seed)
    objective, fragile, refusals = _objective(peers, scores, replicates, codes, draws)
    asked = [(sight, domain) for sight in seen for domain in sight.shares]

    def of_actor(one: tuple[Sight, str]) -> pl.DataFrame:
        sight, domain = one
        return crossed(sight, domain, objective.get(domain), fragile[domain], refusals[domain], peers, ranges.level)

    with ThreadPoolExecutor(os.cpu_count()) as pool:
        crossings = list(pool.map(of_actor, asked))
        by_domain = pool.map(lambda domain: actor_gaps(seen, domain, peers, ranges.level), codes)
        gaps = [table for tables in by_domain for table in tables]
    acts = [practised(acting, domain, fragile[domain], peers) for domain in acting.shares] if acting else []
    ordered = priorities(objective, seen, codes, peers, draws, ranges.level)
    told = pl.concat(crossings)
    rows = ordered.filter(pl.col("territory").is_in(told["territory"].unique().to_list())).join(
        pl.concat(acts) if acts else pl.DataFrame(schema=PRACTISED), on=["territory", "domain"], how="left"
    )
    tables = (told, pl.concat(gaps) if gaps else pl.DataFrame(schema=GAPS), rows)
    named = [table.with_columns(peer_set=pl.lit(peer_set)) for table in tables]
    return named[0].select(list(CROSSINGS)), named[1].select(list(GAPS)), named[2].select(list(PRIORITIES))


def _objective(
    peers: pl.Series, scores: pl.DataFrame, replicates: Mapping[str, RankArray], codes: tuple[str, ...], draws: int
) -> tuple[dict[str, Ranked], dict[str, FloatArray], dict[str, pl.Series]]:
    """By domain: the ranks, the probability of each peer to be fragile (NaN without), and why it has no rank."""
    ranked: dict[str, Ranked] = {}
    fragile: dict[str, FloatArray] = {}
    refusals: dict[str, pl.Series] = {}
    for domain in codes:
        own = scores.filter(pl.col("node") == domain).select("territory", "rank", "reason")
        rows = pl.DataFrame({"territory": peers}).join(own, on="territory", how="left", maintain_order="left")
        units = rows["rank"].is_not_null().arg_true().to_numpy().astype(np.int64)
        fragile[domain] = np.full(len(peers), np.nan)
        refusals[domain] = rows.select(
            pl.when(pl.col("rank").is_null())
            .then(pl.col("reason").fill_null(ReasonCode.NO_FIGURE.value))
            .alias("refusal")
        )["refusal"]
        if not len(units):
            continue
        rank = rows["rank"].drop_nulls().to_numpy()
        ranked[domain] = Ranked(units, rank, _drawn(rank, units, replicates.get(domain), len(peers), draws))
        fragile[domain][units] = ranked[domain].in_first_half()
    return ranked, fragile, refusals


def _drawn(rank: Places, units: IntArray, replicates: RankArray | None, peers: int, draws: int) -> Places:
    if replicates is None:
        return np.broadcast_to(rank, (draws, len(rank)))
    if replicates.shape != (draws, peers):
        raise ValueError(
            Message(
                "replicates are {draws} × {peers} ranks, not {shape}",
                draws=draws,
                peers=peers,
                shape=list(replicates.shape),
            )
        )
    drawn = replicates[:, units]
    return np.where(drawn == 0, rank, drawn)  # a replicate without a rank tells nothing against it
