"""The table of scores of one peer set: by peer and node the score, what it is made of, its ranks, or why none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import polars as pl

from odd17.core.indicators.result import Result

from .rank_intervals import INTERVALS, NodeRanks
from .refusals import absences, with_reasons
from .selection import Entry
from .tables import SCORES
from .told_apart import overlaps
from .trend import CHANGES

_DECIMALS = 9
"""Scores are rounded here: sums in another order differ in their last bits, and must not break a tie nor a file."""


def score_table(
    log: Mapping[str, Any],
    peers: pl.DataFrame,
    own: pl.LazyFrame,
    values: pl.DataFrame,
    result: Result | None,
    firm: Mapping[str, NodeRanks],
    changes: Mapping[str, pl.DataFrame],
) -> pl.DataFrame:
    """The table (columns ``SCORES``) of one peer set, sorted by territory and node: a row for every peer and node.

    ``log`` is the method log of the peer set; ``own`` its observations, ``values`` those that enter (a row a peer);
    ``result`` the fitted index, None where no indicator entered; ``firm`` the intervals of ranks and ``changes`` how
    ranks moved (columns ``CHANGES``), by node.
    """
    entries = [Entry.from_dict(item) for item in log["indicators"]]
    wide = _wide_scores(log["nodes"], peers["territory"], result)
    counts = _counts(log["nodes"], entries, values, wide)
    missing = absences(own, entries)
    blocks = []
    for node, (available, total) in counts.items():
        block = peers.select(
            pl.lit(log["peer_set"]).alias("peer_set"),
            "territory",
            pl.lit(node).alias("node"),
            wide[node].alias("score"),
            available.cast(pl.Int16).alias("available"),
            pl.lit(total, pl.Int16).alias("total"),
            "population_class",
        )
        domain = None if node in log["nodes"] else node
        ranked = _ranked(with_reasons(block, domain, entries, missing))
        moved = changes.get(node, pl.DataFrame(schema=CHANGES))
        blocks.append(
            _with_intervals(ranked, firm.get(node)).join(moved, on="territory", how="left", maintain_order="left")
        )
    table = pl.concat(blocks).select(pl.col(name).cast(dtype) for name, dtype in SCORES.items())
    return table.sort("territory", "node")


def _wide_scores(
    nodes: Mapping[str, Sequence[str]], territories: pl.Series, result: Result | None
) -> dict[str, pl.Series]:
    names = [*nodes, *(child for parent, children in nodes.items() if parent != "overall" for child in children)]
    empty = pl.Series([None] * len(territories), dtype=pl.Float64)
    if result is None:
        return dict.fromkeys(names, empty)
    return {name: result.scores[name].round(_DECIMALS) for name in names}


def _counts(
    nodes: Mapping[str, Sequence[str]],
    entries: Sequence[Entry],
    values: pl.DataFrame,
    scores: Mapping[str, pl.Series],
) -> dict[str, tuple[pl.Series, int]]:
    """For every node, how many of its children are there for each peer, and how many it has."""
    entered: dict[str, list[str]] = {}
    for entry in entries:
        if entry.not_scored is None:
            entered.setdefault(entry.domain, []).append(entry.indicator)
    counts: dict[str, tuple[pl.Series, int]] = {}
    for parent, children in nodes.items():
        counts[parent] = (_present([scores[child] for child in children], values.height), len(children))
        if parent == "overall":
            continue
        for domain in children:
            columns = entered.get(domain, [])
            counts[domain] = (_present([values[name] for name in columns], values.height), len(columns))
    return counts


def _present(columns: Sequence[pl.Series], height: int) -> pl.Series:
    total = np.zeros(height, dtype=np.int16)
    for column in columns:
        total += column.is_not_null().to_numpy()
    return pl.Series(total)


def _ranked(block: pl.DataFrame) -> pl.DataFrame:
    """Ranks among all peers and within the class of population: 1 = highest score, ties take the smallest."""
    score = pl.col("score")
    in_class = pl.col("population_class").is_not_null() & score.is_not_null()
    return block.with_columns(
        rank=score.rank("min", descending=True),
        tied=pl.when(score.is_not_null()).then(pl.len().over("score") - 1),
        of=score.count(),
        class_rank=pl.when(in_class).then(score.rank("min", descending=True).over("population_class")),
        class_tied=pl.when(in_class).then(pl.len().over("population_class", "score") - 1),
        class_of=pl.when(pl.col("population_class").is_not_null()).then(score.count().over("population_class")),
    )


def _with_intervals(ranked: pl.DataFrame, firm: NodeRanks | None) -> pl.DataFrame:
    """One node's rows with the intervals of their ranks; without any drawn, one indicator decides: each is its rank."""
    if firm is not None:
        found = ranked.join(firm.intervals, on="territory", how="left", maintain_order="left")
    else:
        sources = {
            name: "class_rank" if name.startswith("class") else "rank" for name in INTERVALS if name != "territory"
        }
        found = ranked.with_columns(
            pl.col(source).cast(INTERVALS[name]).alias(name) for name, source in sources.items()
        )
    return found.with_columns(overlaps(found["rank_low"], found["rank_high"]).alias("rank_overlaps"))
