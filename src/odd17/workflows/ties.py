"""Who shares a territory's rank: a tie is only understood when the others are named."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from odd17.core.diagnosis.reading import Diagnosis
from odd17.core.territories.territory import Territory
from odd17.store.releases import Release

MOST = 5
"""Where more territories share a rank, they are counted and not named."""


def tied_territories(release: Release, diagnosis: Diagnosis) -> Mapping[str, tuple[Territory, ...]]:
    """By domain, the territories that share the rank of the one diagnosed, where there are at most ``MOST``."""
    ranks = {
        reading.domain.id: reading.score.rank
        for reading in diagnosis.domains
        if reading.score.rank is not None and 1 <= reading.score.rank.tied <= MOST
    }
    if not ranks or diagnosis.peers is None:
        return {}
    scores = release.scores(peer_set=diagnosis.peers.id, nodes=ranks)
    here = diagnosis.territory.id
    tied: dict[str, tuple[Territory, ...]] = {}
    for node, rank in ranks.items():
        shared = (pl.col("node") == node) & (pl.col("rank") == rank.value) & (pl.col("territory") != here)
        tied[node] = release.cog.get(scores.filter(shared)["territory"])
    return tied
