"""What each actor sees: the shares of the newest study of each, and where they rank the peers."""

from __future__ import annotations

import os
from collections.abc import Collection, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Final

import numpy as np
import polars as pl

from odd17.core.indicators.rank import rank_block
from odd17.core.indicators.stage import FloatArray
from odd17.core.kernel import ReasonCode, actors, domains
from odd17.core.perceptions.tables import Measure

from .ranked import Ranked

FEWEST_PEERS: Final = 5
"""Of fewer peers with a share there is no rank: a half of them would be one or two."""

ORGANISATIONS: Final = ("companies", "associations")
"""The actors whose studies say who acts."""


@dataclass(frozen=True, slots=True)
class Sight:
    """The newest study of an actor among the peers of a set.

    ``shares`` has, by domain, a row for each peer of which the study tells something, in the order of the peers: ``at``
    (the peer's number), ``estimate, se, low, high, df, n, status`` and ``reason``, the code of why it has no rank.
    ``ranked`` has the domains of which enough peers have a share; rank 1 is where the share is largest.
    """

    actor: str
    study: str
    period: str
    shares: Mapping[str, pl.DataFrame]
    ranked: Mapping[str, Ranked]

    @property
    def year(self) -> int:
        """The calendar year in which the field ended."""
        return year_of(self.period)


def year_of(period: str) -> int:
    """The calendar year in which a field ended.

    >>> year_of("2019-10"), year_of("2019-12/2020-01")
    (2019, 2020)
    """
    return int(period.rpartition("/")[2][:4])


def newest_studies(perceptions: pl.DataFrame, measure: Measure) -> pl.DataFrame:
    """The rows of ``measure`` that are of a domain, of the newest study of each actor that has any.

    ``perceptions`` has the columns of ``PERCEPTIONS``, all of the peers compared. Of two studies whose field ended in
    the same month, the one whose identifier comes last.
    """
    rows = perceptions.filter((pl.col("measure") == measure.value) & pl.col("domain").is_not_null())
    ended = pl.col("period").str.split("/").list.last()
    newest = (
        rows.select("actor", "study", ended=ended)
        .unique()
        .sort("ended", "study")
        .group_by("actor", maintain_order=True)
        .agg(pl.col("study").last())
    )
    return rows.join(newest, on=["actor", "study"], how="semi")


def sights(
    perceptions: pl.DataFrame,
    peers: pl.Series,
    measure: Measure,
    *,
    among: Collection[str] | None = None,
    draws: int,
    seed: int,
) -> tuple[Sight, ...]:
    """What each actor (of ``among``) says of ``peers`` by ``measure``, actors in their order.

    What is drawn of an actor and a domain depends on the seed and on the shares of that domain alone.
    """
    numbered = pl.DataFrame({"territory": peers, "at": np.arange(len(peers))})
    rows = newest_studies(perceptions, measure).join(numbered, on="territory").sort("at")
    found: list[Sight] = []
    for number, actor in enumerate(actors()):
        own = rows.filter(pl.col("actor") == actor.id)
        if own.is_empty() or (among is not None and actor.id not in among):
            continue
        shares: dict[str, pl.DataFrame] = {}
        to_rank: dict[str, tuple[pl.DataFrame, list[int]]] = {}
        for position, domain in enumerate(domains()):
            table = _with_reasons(own.filter(pl.col("domain") == domain.id))
            if table.is_empty():
                continue
            shares[domain.id] = table
            sound = table.filter(pl.col("reason").is_null())
            if sound.height >= FEWEST_PEERS:
                to_rank[domain.id] = (sound, [seed, list(Measure).index(measure), number, position])

        def rank(domain: str, known: Mapping[str, tuple[pl.DataFrame, list[int]]] = to_rank) -> Ranked:
            rows, seeds = known[domain]
            return _ranked(rows, draws, np.random.default_rng(seeds))

        with ThreadPoolExecutor(os.cpu_count()) as pool:
            ranked = dict(zip(to_rank, pool.map(rank, to_rank), strict=True))
        found.append(Sight(actor.id, own["study"][0], own["period"][0], shares, ranked))
    return tuple(found)


def _with_reasons(rows: pl.DataFrame) -> pl.DataFrame:
    sound = pl.col("estimate").is_not_null()
    reason = (
        pl.when(~sound)
        .then(pl.lit(ReasonCode.TOO_FEW_RESPONDENTS.value))
        .when(pl.col("se").is_null() | (pl.col("df").fill_null(0) < 1))
        .then(pl.lit(ReasonCode.NO_INTERVAL.value))
    )
    return rows.select("at", "estimate", "se", "low", "high", "df", "n", "status", reason=reason)


def _ranked(rows: pl.DataFrame, draws: int, random: np.random.Generator) -> Ranked:
    share, se, df, n = (rows[name].cast(pl.Float64).to_numpy() for name in ("estimate", "se", "df", "n"))
    return Ranked(
        rows["at"].to_numpy(),
        rank_block(share[None].round(9))[0],
        rank_block(drawn_logits(share, se, df, n, draws, random)),
    )


def drawn_logits(
    share: FloatArray, se: FloatArray, df: FloatArray, n: FloatArray, draws: int, random: np.random.Generator
) -> FloatArray:
    """Logits of shares drawn again (draws × shares): a t of ``df`` around each, its error ``se`` by the delta method.

    Where everybody or nobody said yes, or the error is nothing, the variance tells nothing: the empirical logit of
    Cox (*Analysis of Binary Data*, 1970, 3.2) of as many respondents drawn at random stands in.
    """
    plain = (share <= 0) | (share >= 1) | (se <= 0)
    yes, no = n * share + 0.5, n * (1 - share) + 0.5
    with np.errstate(divide="ignore", invalid="ignore"):
        centre = np.where(plain, np.log(yes / no), np.log(share / (1 - share)))
        error = np.where(plain, np.sqrt(1 / yes + 1 / no), se / (share * (1 - share)))
    found: FloatArray = centre + error * random.standard_t(df, (draws, len(share)))
    return found
