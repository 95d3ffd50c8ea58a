"""Gaps between two actors: where their ranks of the same peers part, in one and the same year."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import polars as pl

from odd17.core.kernel import ReasonCode

from .crossing_tables import GAPS
from .ranked import quantiles
from .sights import FEWEST_PEERS, Sight


def actor_gaps(sights: tuple[Sight, ...], domain: str, territories: pl.Series, level: float) -> list[pl.DataFrame]:
    """The rows of ``GAPS`` but for ``peer_set``: every pair of actors asked of ``domain``, where both have a row.

    Both ranks are taken among the peers of which both have a share. Actors asked in different years are not compared.
    """
    asked = [sight for sight in sights if domain in sight.shares]
    return [_between(one, other, domain, territories, level) for one, other in combinations(asked, 2)]


def _between(one: Sight, other: Sight, domain: str, territories: pl.Series, level: float) -> pl.DataFrame:
    found = {name: np.full(len(territories), np.nan) for name in ("gap", "gap_low", "gap_high")}
    mine, theirs = one.ranked.get(domain), other.ranked.get(domain)
    same_year = one.year == other.year
    if same_year and mine is not None and theirs is not None:
        both = np.intersect1d(mine.units, theirs.units)
        if len(both) >= FEWEST_PEERS:
            mine, theirs = mine.among(both), theirs.among(both)
            drawn = theirs.drawn.astype(np.int32) - mine.drawn.astype(np.int32)
            found["gap"][both] = theirs.rank.astype(np.int64) - mine.rank.astype(np.int64)
            found["gap_low"][both], found["gap_high"][both] = quantiles(drawn, level)
    numbers = pl.DataFrame(
        {"at": np.arange(len(territories)), "territory": territories}
        | {name: pl.Series(values, nan_to_null=True).cast(pl.Int32) for name, values in found.items()}
    )
    pairs = (
        one.shares[domain]
        .select("at", "reason")
        .join(other.shares[domain].select("at", "reason"), on="at", suffix="_other")
        .join(numbers, on="at")
        .sort("at")
    )
    no_share = pl.coalesce("reason", "reason_other")
    different = pl.when(pl.lit(not same_year)).then(pl.lit(ReasonCode.ASKED_IN_DIFFERENT_YEARS.value))
    few = pl.when(pl.col("gap").is_null()).then(pl.lit(ReasonCode.TOO_FEW_PEERS.value))
    return pairs.select(
        pl.lit("").alias("peer_set"),
        "territory",
        pl.lit(domain).alias("domain"),
        pl.lit(one.actor).alias("actor"),
        pl.lit(other.actor).alias("other"),
        "gap",
        "gap_low",
        "gap_high",
        pl.coalesce(different, no_share, few).alias("reason"),
    ).select(pl.col(name).cast(kind) for name, kind in GAPS.items())
