"""Try the index of a peer set under other weights, another scale, another mean."""

from __future__ import annotations

from functools import lru_cache

import polars as pl

from odd17.core.diagnosis.peers import level_of
from odd17.core.diagnosis.scoring import fit_again
from odd17.core.diagnosis.what_if import Choices, WhatIf, try_out
from odd17.core.indicators.frame_definition import OVERALL
from odd17.core.indicators.pipeline import Fit
from odd17.core.kernel import Message, UsageError
from odd17.store.releases import Release


def what_if(release: Release, peer_set: str, choices: Choices) -> WhatIf:
    """The ranks of ``peer_set`` under ``choices``, beside those under the frame of the release.

    Raises UsageError for an unknown peer set, one without any indicator, or choices that make no index.
    """
    log = release.method_log(peer_set)
    fit = _fit(release, peer_set)
    if fit is None:
        raise UsageError(Message("No indicator enters the scores of {peer_set} in this release.", peer_set=peer_set))
    return try_out(fit, log, choices, _published(release, peer_set))


def peer_sets_to_try(release: Release) -> tuple[str, ...]:
    """The peer sets of which some indicator enters the scores."""
    return tuple(name for name in release.peer_sets if release.method_log(name)["index"] is not None)


@lru_cache(maxsize=4)
def _fit(release: Release, peer_set: str) -> Fit | None:
    # a release never changes: its values are read and laid out once, and each reader's choices cost milliseconds
    log = release.method_log(peer_set)
    entered = [entry["indicator"] for entry in log["indicators"] if entry["not_scored"] is None]
    found = release.observations(indicators=entered, level=level_of(peer_set).value)
    return fit_again(log, found, release.cog)


@lru_cache(maxsize=4)
def _published(release: Release, peer_set: str) -> pl.DataFrame | None:
    """The scores of the whole index, None where the release publishes none."""
    found = release.scores(peer_set=peer_set, nodes=[OVERALL])
    return found if found["rank"].count() > 0 else None
