"""Rank the territories of a peer set on one domain, one dimension or the whole."""

from __future__ import annotations

from odd17.core.diagnosis.peers import level_of
from odd17.core.diagnosis.ranking import Ranking, rank_peers
from odd17.store.releases import Release


def rank_node(release: Release, node: str, peer_set: str, *, start: int = 0, count: int | None = None) -> Ranking:
    """The ranking of ``peer_set`` on ``node`` in ``release``: the whole table, and ``count`` rows from ``start`` on.

    Raises UsageError for an unknown peer set, or a node that the frame lacks.
    """
    level = level_of(peer_set)
    behind = [id for id, indicator in release.indicators.items() if indicator.domain == node]
    return rank_peers(
        release=release.id,
        node=node,
        peer_set=peer_set,
        cog=release.cog,
        indicators=release.indicators,
        observations=release.observations(indicators=behind, level=level.value),
        scores=release.scores(peer_set=peer_set, nodes=[node]),
        log=release.method_log(peer_set),
        periodicities={
            id: told for id in behind if (told := release.catalogue.periodicity(release.indicators[id])) is not None
        },
        day=release.day,
        start=start,
        count=count,
    )
