"""Diagnose a territory: where it is fragile, among whom, beside whom, and what is missing."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from odd17.core.diagnosis.consistency import Check
from odd17.core.diagnosis.diagnose import Slices, build_diagnosis
from odd17.core.diagnosis.peers import PEER_SETS, peer_set_id
from odd17.core.diagnosis.reading import Diagnosis
from odd17.core.territories.territory import Territory
from odd17.store.provenance import provenance_from_json
from odd17.store.releases import Release

from .middles import middles_of


def diagnose(release: Release, territory: str, compare: Sequence[str] = ()) -> Diagnosis:
    """The diagnosis of ``territory`` (identifier, code or name) in ``release``, beside those named in ``compare``.

    Raises UnknownTerritory or AmbiguousTerritory where a name is not that of one territory.
    """
    here = release.cog.resolve(territory)
    chosen = list(dict.fromkeys(release.cog.resolve(name) for name in compare))
    return diagnosis_of(release, here, [other for other in chosen if other != here])


def diagnosis_of(release: Release, territory: Territory, chosen: Sequence[Territory] = ()) -> Diagnosis:
    """The diagnosis of a territory that is already found."""
    involved = [territory, *release.cog.parents(territory.id), *chosen]
    peer_set = peer_set_id(territory)
    slices = Slices(
        release=release.id,
        cog=release.cog,
        indicators=release.indicators,
        # territory by territory: with its level, each is found in one row group of the file
        observations=pl.concat(
            [release.observations(territories=[item.id], level=item.level.value) for item in dict.fromkeys(involved)]
        ),
        scores=pl.concat(
            [
                release.scores(territories=[item.id], peer_set=own)
                for item in (territory, *chosen)
                if (own := peer_set_id(item)) is not None
            ]
            or [release.scores(territories=[])]
        ),
        log=release.method_log(peer_set or next(iter(PEER_SETS))),
        checks=[Check(**check) for check in release.checks],
        sources={item["id"]: provenance_from_json(item) for item in release.manifest.get("inputs", ())},
        periodicities={
            id: told for id, item in release.indicators.items() if (told := release.catalogue.periodicity(item))
        },
        day=release.day,
        middles={} if peer_set is None else middles_of(release, peer_set),
        breaks={id: item.breaks for id, item in release.catalogue.indicators.items()},
    )
    return build_diagnosis(territory, chosen, slices)
