"""The medians of a peer set over the periods of its indicators, beside which a territory's own figures are drawn."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from odd17.core.diagnosis.course import Middle, middles
from odd17.core.diagnosis.peers import level_of, members
from odd17.store.releases import Release


@lru_cache(maxsize=16)
def middles_of(release: Release, peer_set: str) -> Mapping[tuple[str, str], Middle]:
    """The medians by indicator and period, of the indicators that the peers have in several periods."""
    # a release never changes: what every territory of a level is set beside is reckoned once
    several = [entry["indicator"] for entry in release.method_log(peer_set)["indicators"] if len(entry["periods"]) > 1]
    if not several:
        return {}
    found = release.observations(
        indicators=several,
        level=level_of(peer_set).value,
        columns=("territory", "indicator", "period", "value", "obs_status"),
    )
    return middles(found.join(members(peer_set, release.cog), on="territory", how="semi"))
