"""The tables of the crossing that a release keeps: what the figures say of a domain against what each actor sees."""

from __future__ import annotations

from enum import StrEnum

import polars as pl


class Quadrant(StrEnum):
    """Where a domain stands in a territory: fragile or not by its figures, seen or not by those who were asked."""

    SHARED_PRIORITY = "shared_priority"  # fragile and seen
    UNDER_THE_RADAR = "under_the_radar"  # fragile, not seen
    WORRY = "worry"  # seen, not fragile
    ASSET = "asset"  # neither
    CANNOT_TELL = "cannot_tell"  # none of the four reaches the probability asked


CROSSINGS: dict[str, type[pl.DataType] | pl.DataType] = {
    "peer_set": pl.String,
    "territory": pl.String,
    "domain": pl.String,
    "actor": pl.String,
    "study": pl.String,  # the newest study of this actor
    "period": pl.String,  # when they were asked
    "share": pl.Float64,  # who judge the domain fragile, 0 to 1, with its 95 % interval
    "share_low": pl.Float64,
    "share_high": pl.Float64,
    "n": pl.Int64,
    "status": pl.String,
    "rank": pl.Int32,  # among the peers with a share: 1 = where most judge it fragile; null where n is too small
    "rank_low": pl.Int32,  # 90 %, as for the ranks of scores
    "rank_high": pl.Int32,
    "of": pl.Int32,
    "objective_rank": pl.Int32,  # by the figures among the same peers: those that have both a score and a share
    "objective_low": pl.Int32,  # 90 %, equals holding all the places that they share
    "objective_high": pl.Int32,
    "gap": pl.Int32,  # objective rank less this rank: above 0 = over-perceived by so many places
    "gap_low": pl.Int32,  # 90 %
    "gap_high": pl.Int32,
    "quadrant": pl.String,  # a Quadrant; null where there is no rank on one side
    "p_shared_priority": pl.Float64,
    "p_under_the_radar": pl.Float64,
    "p_worry": pl.Float64,
    "p_asset": pl.Float64,
    "reason": pl.String,  # a ReasonCode: why no rank or no quadrant
}
"""One row a territory, domain and actor of a study; the objective side stands in ``SCORES`` under the same keys."""

GAPS: dict[str, type[pl.DataType] | pl.DataType] = {
    "peer_set": pl.String,
    "territory": pl.String,
    "domain": pl.String,
    "actor": pl.String,
    "other": pl.String,  # an actor later in the vocabulary
    "gap": pl.Int32,  # rank of the other less rank of the actor: above 0 = the actor sees more fragility
    "gap_low": pl.Int32,  # 90 %
    "gap_high": pl.Int32,
    "reason": pl.String,  # why none: asked in different years, too few respondents
}
"""One row a territory, domain and pair of actors."""

PRIORITIES: dict[str, type[pl.DataType] | pl.DataType] = {
    "peer_set": pl.String,
    "territory": pl.String,
    "domain": pl.String,
    "place": pl.Int32,  # 1 = first priority
    "place_low": pl.Int32,  # 90 %
    "place_high": pl.Int32,
    "weight": pl.Float64,  # 0 to 1: what the order is made from (see docs/method/crossing.md)
    "p_first": pl.Float64,  # probability of being among the first three
    "p_fragile": pl.Float64,
    "p_seen": pl.Float64,  # by the actors taken together; null without a study
    "acts": pl.Float64,  # share of organisations that act in the domain, from a study of organisations; null without
    "acts_low": pl.Float64,
    "acts_high": pl.Float64,
    "acts_study": pl.String,
    "p_few_act": pl.Float64,
    "p_blind_spot": pl.Float64,  # fragile, and few act
    "blind_spot": pl.Boolean,  # whether that reaches the probability asked; null without a study of organisations
    "turns_on": pl.String,  # JSON: what would change the place (code and numbers, never sentences)
}
"""One row a territory and domain."""
