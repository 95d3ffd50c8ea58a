"""What each actor sees: the shares of the newest study of each, and where they rank the peers."""

from __future__ import annotations

import os
from collections.abc import Mapping
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
    perceptions: pl.DataFrame, peers: pl.Series, measure: Measure, *, draws: int, seed: int
) -> tuple[Sight, ...]:
    """What each actor says of ``peers`` by ``measure``, actors in their order.

    What is drawn of an actor and a domain depends on the seed and on the shares of that domain alone.
    """
    asked = _asked(perceptions, peers, measure)
    return tuple(_sight(actor, rows, measure, draws, seed) for actor, rows in asked.items())


def newest_of_organisations(perceptions: pl.DataFrame, peers: pl.Series, *, draws: int, seed: int) -> Sight | None:
    """Who acts, by the newest study of organisations; of two of one month, that of the actor who comes first."""
    asked = _asked(perceptions, peers, Measure.ACTS)
    told = {actor: rows for actor, rows in asked.items() if actor in ORGANISATIONS}
    if not told:
        return None
    newest = max(told, key=lambda actor: str(told[actor]["period"][0]).rpartition("/")[2])
    return _sight(newest, told[newest], Measure.ACTS, draws, seed)


def _asked(perceptions: pl.DataFrame, peers: pl.Series, measure: Measure) -> dict[str, pl.DataFrame]:
    """By actor, in their order, the rows of the newest study that are of ``peers``, ``at`` the number of each."""
    numbered = pl.DataFrame({"territory": peers, "at": np.arange(len(peers))})
    rows = newest_studies(perceptions, measure).join(numbered, on="territory").sort("at")
    parts = {actor.id: rows.filter(pl.col("actor") == actor.id) for actor in actors()}
    return {actor: own for actor, own in parts.items() if not own.is_empty()}


def _sight(actor: str, rows: pl.DataFrame, measure: Measure, draws: int, seed: int) -> Sight:
    number = [known.id for known in actors()].index(actor)
    positions = {domain.id: position for position, domain in enumerate(domains())}
    tables = {domain: _with_reasons(rows.filter(pl.col("domain") == domain)) for domain in positions}
    shares = {domain: table for domain, table in tables.items() if not table.is_empty()}
    sound = {domain: table.filter(pl.col("reason").is_null()) for domain, table in shares.items()}
    ranked = [domain for domain, table in sound.items() if table.height >= FEWEST_PEERS]

    def rank(domain: str) -> Ranked:
        random = np.random.default_rng([seed, list(Measure).index(measure), number, positions[domain]])
        return _ranked(sound[domain], draws, random)

    with ThreadPoolExecutor(os.cpu_count()) as pool:
        found = dict(zip(ranked, pool.map(rank, ranked), strict=True))
    return Sight(actor, rows["study"][0], rows["period"][0], shares, found)


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
