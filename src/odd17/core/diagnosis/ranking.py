"""The peers ranked on one node: what the page of a domain shows beside its map."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from odd17.core.indicators.indicator import Indicator
from odd17.core.kernel import Estimate, Reason
from odd17.core.territories.territory import Territory

from .reading import PeerSet, Score


@dataclass(frozen=True, slots=True)
class RankedTerritory:
    """One row of a ranking; ``figures`` follow the columns of the ranking."""

    territory: Territory
    score: Score
    population_class: str | None
    figures: tuple[Estimate, ...]


@dataclass(frozen=True, slots=True)
class RankingColumn:
    """A figure of the domain, with the period that the peers share; ``not_scored`` says what keeps it out."""

    indicator: Indicator
    period: str
    not_scored: Reason | None


@dataclass(frozen=True, slots=True)
class Ranking:
    """All peers on one node (domain, dimension or ``overall``), most fragile first, then those without a score.

    ``table`` has a row for every peer: ``territory``, ``name``, ``score``, ``rank``, ``tied``, ``of``, ``available``,
    ``total``, ``reason``, ``population_class``, ``class_rank``, ``class_tied``, ``class_of``, then the value of each of
    ``columns`` under its indicator's id. ``rows`` are the rows from ``start`` on that were asked for.
    """

    release: str
    node: str
    peers: PeerSet
    columns: tuple[RankingColumn, ...]
    table: pl.DataFrame
    rows: tuple[RankedTerritory, ...]
    start: int
    scored: int
