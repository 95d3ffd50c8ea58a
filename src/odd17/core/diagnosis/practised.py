"""Who acts where, from studies of organisations alone: the third analysis, and the blind spots it shows."""

from __future__ import annotations

import numpy as np
import polars as pl

from odd17.core.indicators.stage import FloatArray

from .quadrants import CERTAIN
from .sights import Sight

PRACTISED: dict[str, type[pl.DataType] | pl.DataType] = {
    "territory": pl.String,
    "domain": pl.String,
    "acts": pl.Float64,
    "acts_low": pl.Float64,
    "acts_high": pl.Float64,
    "acts_study": pl.String,
    "p_few_act": pl.Float64,
    "p_blind_spot": pl.Float64,
    "blind_spot": pl.Boolean,
}
"""The columns of ``PRIORITIES`` that say who acts."""


def practised(sight: Sight, domain: str, fragile: FloatArray, territories: pl.Series) -> pl.DataFrame:
    """Who acts in ``domain`` (columns ``PRACTISED``), a row for each peer of which the study tells.

    Few act where a peer is in the half with the smallest shares. ``fragile`` is the probability that each peer is
    fragile, NaN where unknown: a blind spot is fragile and few act there, the two drawn apart.
    """
    few = np.full(len(territories), np.nan)
    ranked = sight.ranked.get(domain)
    if ranked is not None:
        few[ranked.units] = 1 - ranked.in_first_half()
    blind = (fragile * few).round(9)
    rows = pl.DataFrame(
        {
            "at": np.arange(len(territories)),
            "territory": territories,
            "p_few_act": pl.Series(few.round(9), nan_to_null=True),
            "p_blind_spot": pl.Series(blind, nan_to_null=True),
        }
    )
    return (
        sight.shares[domain]
        .join(rows, on="at", how="left", maintain_order="left")
        .select(
            "territory",
            pl.lit(domain).alias("domain"),
            pl.col("estimate").alias("acts"),
            pl.col("low").alias("acts_low"),
            pl.col("high").alias("acts_high"),
            pl.lit(sight.study).alias("acts_study"),
            "p_few_act",
            "p_blind_spot",
            (pl.col("p_blind_spot") >= CERTAIN - 1e-9).alias("blind_spot"),
        )
    )
