"""Quadrants and gaps to the figures: what an actor sees of a domain against what its figures say, peer by peer."""

from __future__ import annotations

from typing import Final

import numpy as np
import polars as pl

from odd17.core.indicators.stage import FloatArray
from odd17.core.kernel import ReasonCode

from .crossing_tables import CROSSINGS, Quadrant
from .ranked import Ranked, quantiles
from .sights import FEWEST_PEERS, Sight

CERTAIN: Final = 0.7
"""The probability from which a quadrant, or a blind spot, is told."""

_RANKS = (
    "rank", "rank_low", "rank_high", "of", "objective_rank", "objective_low", "objective_high",
    "gap", "gap_low", "gap_high",
)  # fmt: skip
_QUADRANTS = (Quadrant.SHARED_PRIORITY, Quadrant.UNDER_THE_RADAR, Quadrant.WORRY, Quadrant.ASSET)


def quadrant_of(probabilities: FloatArray) -> list[str]:
    """The quadrant of each row of four probabilities, in the order of ``Quadrant``; ``cannot_tell`` under ``CERTAIN``.

    >>> quadrant_of(np.array([[0.72, 0.08, 0.18, 0.02], [0.35, 0.35, 0.15, 0.15]]))
    ['shared_priority', 'cannot_tell']
    """
    best, most = probabilities.argmax(axis=1), probabilities.max(axis=1)
    told = most >= CERTAIN - 1e-9
    named = zip(best.tolist(), told.tolist(), strict=True)
    return [(_QUADRANTS[at] if sure else Quadrant.CANNOT_TELL).value for at, sure in named]


def quadrant_probabilities(fragile: FloatArray, seen: FloatArray) -> FloatArray:
    """The probability of each quadrant (peers × 4), of a domain ``fragile`` and ``seen`` with these: independent.

    >>> quadrant_probabilities(np.array([0.9]), np.array([0.8])).round(2).tolist()
    [[0.72, 0.18, 0.08, 0.02]]
    """
    return np.stack(
        [fragile * seen, fragile * (1 - seen), (1 - fragile) * seen, (1 - fragile) * (1 - seen)], axis=1
    ).round(9)


def crossed(
    sight: Sight,
    domain: str,
    objective: Ranked | None,
    fragile: FloatArray,
    refusals: pl.Series,
    territories: pl.Series,
    level: float,
) -> pl.DataFrame:
    """The rows of ``CROSSINGS`` but for ``peer_set``: a row for each peer of which the study tells of ``domain``.

    ``objective`` ranks the peers with a score, ``fragile`` is their probability to be fragile, NaN for the others,
    whose code of refusal stands in ``refusals``; both have one item a peer. A peer with a score and a share is ranked
    among the peers that have both, so that its two ranks are of the same peers; one without a score among all that
    have a share.
    """
    shares, count = sight.shares[domain], len(territories)
    found = {name: np.full(count, np.nan) for name in (*_RANKS, "seen")}
    seen = sight.ranked.get(domain)
    found["of"][:] = shares["reason"].is_null().sum()
    if seen is not None:
        both = np.intersect1d(seen.units, objective.units) if objective is not None else np.array([], dtype=np.int64)
        if len(both) < len(seen.units):
            _put_seen(found, seen, level)
        if objective is not None and len(both) >= FEWEST_PEERS:
            here, there = seen.among(both), objective.among(both)
            _put_seen(found, here, level)
            _put_gap(found, here, there, level)
    rows = pl.DataFrame({"at": np.arange(count), "territory": territories, "refusal": refusals})
    rows = rows.with_columns(pl.Series(name, found[name], nan_to_null=True).cast(pl.Int32) for name in _RANKS)
    four = quadrant_probabilities(fragile, found["seen"])
    rows = rows.with_columns(
        *(pl.Series(f"p_{quadrant.value}", four[:, at], nan_to_null=True) for at, quadrant in enumerate(_QUADRANTS)),
        pl.Series("quadrant", quadrant_of(np.nan_to_num(four))),
    )
    rows = shares.join(rows, on="at", how="left", maintain_order="left")
    few = pl.when(pl.col("rank").is_null() | (pl.col("gap").is_null() & pl.col("refusal").is_null())).then(
        pl.lit(ReasonCode.TOO_FEW_PEERS.value)
    )
    return rows.select(
        pl.lit("").alias("peer_set"),
        "territory",
        pl.lit(domain).alias("domain"),
        pl.lit(sight.actor).alias("actor"),
        pl.lit(sight.study).alias("study"),
        pl.lit(sight.period).alias("period"),
        pl.col("estimate").alias("share"),
        pl.col("low").alias("share_low"),
        pl.col("high").alias("share_high"),
        "n",
        "status",
        *_RANKS,
        pl.when(pl.col("p_asset").is_not_null()).then("quadrant").alias("quadrant"),
        *(f"p_{quadrant.value}" for quadrant in _QUADRANTS),
        pl.coalesce("reason", "refusal", few).alias("reason"),
    ).select(pl.col(name).cast(kind) for name, kind in CROSSINGS.items())


def _put_seen(found: dict[str, FloatArray], seen: Ranked, level: float) -> None:
    low, high = seen.bounds(level)
    values = {"rank": seen.rank, "rank_low": low, "rank_high": high, "seen": seen.in_first_half()}
    for name, column in values.items():
        found[name][seen.units] = column
    found["of"][seen.units] = len(seen.units)


def _put_gap(found: dict[str, FloatArray], seen: Ranked, objective: Ranked, level: float) -> None:
    low, high = objective.bounds(level)
    gap_low, gap_high = quantiles(objective.drawn.astype(np.int32) - seen.drawn.astype(np.int32), level)
    values = {
        "objective_rank": objective.rank,
        "objective_low": low,
        "objective_high": high,
        "gap": objective.rank.astype(np.int64) - seen.rank.astype(np.int64),
        "gap_low": gap_low,
        "gap_high": gap_high,
    }
    for name, column in values.items():
        found[name][seen.units] = column
