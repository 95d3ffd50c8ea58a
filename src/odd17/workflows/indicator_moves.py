"""How the ranks of a peer set moved on one indicator alone."""

from __future__ import annotations

import polars as pl

from odd17.core.diagnosis.indicator_moves import IndicatorMoves, indicator_moves
from odd17.core.diagnosis.peers import level_of, members
from odd17.core.indicators.indicator import Direction
from odd17.core.kernel import Period
from odd17.store.releases import Release


def moves_of(release: Release, indicator_id: str, peer_set: str) -> IndicatorMoves | None:
    """The largest moves of ranks; None for an indicator without a direction, and where no two periods compare."""
    indicator = release.indicators[indicator_id]
    if indicator.direction is Direction.UNKNOWN:
        return None
    found = release.observations(indicators=[indicator_id], level=level_of(peer_set).value)
    peers = found.join(members(peer_set, release.cog), on="territory", how="semi")
    periods = peers.filter(pl.col("value").is_not_null())["period"].unique().to_list()
    if len(periods) < 2:
        return None
    ordered = sorted(periods, key=Period.parse)
    known = release.catalogue.indicators.get(indicator_id)
    return indicator_moves(
        peers,
        ordered,
        descending=indicator.direction is Direction.FRAGILITY_UP,
        breaks=() if known is None else known.breaks,
    )
