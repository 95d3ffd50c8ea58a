"""The table of scores that a release keeps: one row a peer set, territory and node."""

from __future__ import annotations

import polars as pl

SCORES: dict[str, type[pl.DataType] | pl.DataType] = {
    "peer_set": pl.String,  # a key of odd17.core.diagnosis.peers
    "territory": pl.String,
    "node": pl.String,  # a domain, a dimension, or "overall"
    "score": pl.Float64,  # 0 to 100, 100 = most fragile; null where refused
    "rank": pl.Int32,  # 1 = most fragile; ties take the smallest
    "tied": pl.Int32,  # how many others share the rank
    "of": pl.Int32,  # how many peers have a score for this node
    "rank_low": pl.Int32,  # where the middle 90 % of the replicates put the peer (level: the frame's); null unranked
    "rank_median": pl.Int32,
    "rank_high": pl.Int32,
    "rank_overlaps": pl.Int32,  # how many other peers' intervals meet this one: they cannot be told apart
    "available": pl.Int16,  # inputs present
    "total": pl.Int16,  # inputs the node has
    "reason": pl.String,  # ReasonCode of the refusal, or null
    "population_class": pl.String,  # for communes
    "class_rank": pl.Int32,
    "class_tied": pl.Int32,
    "class_of": pl.Int32,
    "class_rank_low": pl.Int32,
    "class_rank_high": pl.Int32,
    "since": pl.String,  # the oldest period, where every indicator of the node has one: changes are from it
    "rank_change": pl.Int32,  # among the peers scored in both; below 0 = nearer to rank 1; null where unknown
    "rank_change_low": pl.Int32,
    "rank_change_high": pl.Int32,
}
"""Column names and types, in the order in which they are written."""
