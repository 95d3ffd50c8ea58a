"""The part of a release that studies make: what they tell, what may be shown of them, and their crossing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl

from odd17.core.diagnosis.crossing import cross, crossed_peer_sets
from odd17.core.diagnosis.peers import members
from odd17.core.diagnosis.rank_intervals import replicated_ranks
from odd17.core.diagnosis.scoring import Scoring, fit_again
from odd17.core.indicators.rank import RankArray
from odd17.core.indicators.uncertainty_ranges import UncertaintyRanges
from odd17.core.kernel import DataError, domains
from odd17.core.perceptions.tables import PERCEPTION_ORDER, PERCEPTIONS
from odd17.core.territories import Cog
from odd17.store.provenance import provenance_to_json
from odd17.store.releases import layout
from odd17.store.releases.draft import Draft
from odd17.store.studies import KeptStudy
from odd17.store.study_description import study_to_json


def study_facts(studies: Sequence[KeptStudy]) -> list[dict[str, Any]]:
    """What a manifest says of the studies of a release, and what its identifier depends on of them."""
    return [
        {
            "kind": "study",
            **provenance_to_json(study.provenance),
            "id": study.id,
            "snapshot": study.snapshot,
            "files": dict(sorted(study.files.items())),
        }
        for study in studies
    ]


def write_studies(
    draft: Draft, studies: Sequence[KeptStudy], scoring: Scoring, ranges: UncertaintyRanges, cog: Cog
) -> dict[str, int]:
    """Write the tables of the studies into a draft whose observations are written; gives how many rows each has.

    Microdata are not read. Raises DataError where a study tells of a territory that the release does not know.
    """
    told = pl.concat([study.estimates.collect() for study in studies])
    _refuse_unknown(told, cog)
    perceptions = told.select(list(PERCEPTIONS)).sort(PERCEPTION_ORDER, nulls_last=False)
    draft.json(layout.STUDIES, [study_to_json(study.description) for study in studies])
    observations = pl.scan_parquet(draft.path / layout.OBSERVATIONS)
    replicates = {
        peer_set: _replicates(peer_set, scoring, observations, ranges, cog)
        for peer_set in crossed_peer_sets(perceptions, cog)
    }
    crossing = cross(perceptions, scoring.scores, replicates, cog, ranges)
    return {
        "perceptions": draft.table(layout.PERCEPTIONS, perceptions),
        "crossings": draft.table(layout.CROSSINGS, crossing.crossings),
        "gaps": draft.table(layout.GAPS, crossing.gaps),
        "priorities": draft.table(layout.PRIORITIES, crossing.priorities),
    }


def _replicates(
    peer_set: str, scoring: Scoring, observations: pl.LazyFrame, ranges: UncertaintyRanges, cog: Cog
) -> Mapping[str, RankArray]:
    """The ranks behind the intervals of the peer set's domains, drawn again from its log."""
    fit = fit_again(scoring.logs[peer_set], observations, cog)
    if fit is None:
        return {}
    ranked = scoring.scores.filter((pl.col("peer_set") == peer_set) & pl.col("rank").is_not_null())["node"]
    scored = set(ranked.unique().to_list()) & {domain.id for domain in domains()}
    count = ranges.replicates_for(members(peer_set, cog).height)
    return replicated_ranks(fit, ranges, nodes=scored, replicates=count)


def _refuse_unknown(told: pl.DataFrame, cog: Cog) -> None:
    unknown = told.filter(~pl.col("territory").is_in(cog.table["id"].implode())).sort("study", "territory")
    if unknown.height:
        first = unknown.row(0, named=True)
        raise DataError(
            "a kept study tells of a territory that this release does not know",
            file=first["study"],
            value=first["territory"],
            remedy="import the study again",
        )
