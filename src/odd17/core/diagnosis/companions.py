"""How an indicator goes with the others of its domain: correlations over peers."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import polars as pl

from odd17.core.indicators.association import correlations
from odd17.core.territories import Cog

from .peers import PEER_SETS, members
from .selection import newest

FEWEST: Final = 10
"""Under this number of peers that have both figures, a correlation says nothing and is not given. Ours."""


@dataclass(frozen=True, slots=True)
class Companion:
    """Another indicator among the same peers: ``count`` of them have both figures, each in its newest period there.

    ``pearson`` and ``spearman`` are -1 to 1; None where ``count`` is under ``FEWEST`` or a column is constant.
    """

    indicator: str
    peer_set: str
    count: int
    pearson: float | None
    spearman: float | None


def companions(indicator: str, others: Sequence[str], observations: pl.DataFrame, cog: Cog) -> tuple[Companion, ...]:
    """The correlations of ``indicator`` with each of ``others``, peer set by peer set, those without a pair left out.

    ``observations`` are those of all these indicators. Spearman's is Pearson's over ranks, ties at their middle.
    """
    found: list[Companion] = []
    for peer_set in PEER_SETS:
        rows = observations.filter(
            pl.col("territory").is_in(members(peer_set, cog)["territory"].to_list()), pl.col("value").is_not_null()
        )
        mine = _column(rows, indicator)
        if mine is None:
            continue
        for other in others:
            theirs = _column(rows, other)
            if theirs is None:
                continue
            both = mine.join(theirs, on="territory", suffix="_other").select("value", "value_other")
            if both.is_empty():
                continue
            ranks = both.select(pl.all().rank("average"))
            found.append(Companion(other, peer_set, both.height, _correlation(both), _correlation(ranks)))
    return tuple(found)


def _column(rows: pl.DataFrame, indicator: str) -> pl.DataFrame | None:
    own = rows.filter(pl.col("indicator") == indicator)
    period = newest(own["period"].unique().to_list())
    return None if period is None else own.filter(pl.col("period") == period).select("territory", "value")


def _correlation(pair: pl.DataFrame) -> float | None:
    if pair.height < FEWEST:
        return None
    found = float(correlations(pair.to_numpy().astype(np.float64))[0, 1])
    return None if math.isnan(found) else found
