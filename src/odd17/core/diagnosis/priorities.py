"""Priorities of each territory: its domains put in order by what figures say and what people see, half and half."""

from __future__ import annotations

import os
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Final

import numpy as np
import polars as pl

from odd17.core.indicators.stage import FloatArray, IntArray

from .ranked import Ranked, above_middle, quantiles
from .sights import Sight
from .turning import OBJECTIVE, Side, turns_on
from .weighing import mean_of, places, places_of_rounded, weighed

FIRST: Final = 3
"""How many domains are the first priorities."""

_TOGETHER = 1 << 21  # weights that a thread draws and orders at once

PLACES: dict[str, type[pl.DataType] | pl.DataType] = {
    "territory": pl.String,
    "domain": pl.String,
    "place": pl.Int32,
    "place_low": pl.Int32,
    "place_high": pl.Int32,
    "weight": pl.Float64,
    "p_first": pl.Float64,
    "p_fragile": pl.Float64,
    "p_seen": pl.Float64,
    "turns_on": pl.String,
}
"""The columns of ``PRIORITIES`` that put domains in order."""


@dataclass(frozen=True, slots=True)
class _Drawn:
    """Of some peers: standings of each side (domains × draws × peers, NaN where there is none), and what they make.

    ``means`` are the expected standings by each actor (domains × peers).
    """

    objective: FloatArray
    seen: FloatArray
    weight: FloatArray
    means: Mapping[str, FloatArray]


def asked_together(sights: tuple[Sight, ...]) -> tuple[Sight, ...]:
    """The actors whose studies ended in the newest calendar year: the only ones that are taken together."""
    newest = max((sight.year for sight in sights), default=None)
    return tuple(sight for sight in sights if sight.year == newest)


def priorities(
    objective: Mapping[str, Ranked],
    sights: tuple[Sight, ...],
    domains: tuple[str, ...],
    territories: pl.Series,
    draws: int,
    level: float,
) -> pl.DataFrame:
    """The places (columns ``PLACES``): a row for each territory and domain, in their orders.

    The weight of a domain is half its standing by its figures, half the mean of its standings by the actors asked in
    the newest year; one of the two alone where the other is missing, none where both are.
    """
    together = asked_together(sights)
    size = max(1, _TOGETHER // (draws * max(1, len(domains))))

    def block(start: int) -> pl.DataFrame:
        part = np.arange(start, min(start + size, len(territories)))
        drawn = _drawn(objective, sights, together, domains, part, draws)
        return _tabulate(drawn, objective, sights, together, domains, territories, part, level)

    with ThreadPoolExecutor(os.cpu_count()) as pool:
        blocks = list(pool.map(block, range(0, len(territories), size)))
    return pl.concat(blocks) if blocks else pl.DataFrame(schema=PLACES)


def _drawn(
    objective: Mapping[str, Ranked],
    sights: tuple[Sight, ...],
    together: tuple[Sight, ...],
    domains: tuple[str, ...],
    part: IntArray,
    draws: int,
) -> _Drawn:
    figures = np.empty((len(domains), draws, len(part)))
    seen = np.empty_like(figures)
    means = {sight.actor: np.empty((len(domains), len(part))) for sight in sights}
    for row, domain in enumerate(domains):
        figures[row] = _of_peers(objective.get(domain), part, draws)
        by_actor = {sight.actor: _of_peers(sight.ranked.get(domain), part, draws) for sight in sights}
        for actor, standings in by_actor.items():
            means[actor][row] = standings.mean(axis=0)
        seen[row] = mean_of([by_actor[sight.actor] for sight in together], figures[row])
    return _Drawn(figures, seen, weighed(figures, seen), means)


def _of_peers(ranked: Ranked | None, part: IntArray, draws: int) -> FloatArray:
    """The standings of some peers (draws × peers), NaN for those without a rank."""
    found = np.full((draws, len(part)), np.nan)
    if ranked is not None:
        _, here, there = np.intersect1d(part, ranked.units, return_indices=True)
        found[:, here] = ranked.standings(there)
    return found


def _tabulate(
    drawn: _Drawn,
    objective: Mapping[str, Ranked],
    sights: tuple[Sight, ...],
    together: tuple[Sight, ...],
    domains: tuple[str, ...],
    territories: pl.Series,
    part: IntArray,
    level: float,
) -> pl.DataFrame:
    weight = drawn.weight.mean(axis=1)
    place = places(weight)
    again = places_of_rounded(drawn.weight)
    bounds = [quantiles(of_domain, level) for of_domain in again]
    first = ((again >= 1) & (again <= FIRST)).mean(axis=1)
    sides = {OBJECTIVE: Side(drawn.objective.mean(axis=1), objective)}
    for sight in sights:
        sides[sight.actor] = Side(drawn.means[sight.actor], sight.ranked)
    numbers = {
        "place": place,
        "place_low": np.array([low for low, _ in bounds]),
        "place_high": np.array([high for _, high in bounds]),
        "weight": weight.round(9),
        "p_first": first.round(9),
        "p_fragile": np.array([above_middle(figures) for figures in drawn.objective]).round(9),
        "p_seen": np.array([above_middle(seen) for seen in drawn.seen]).round(9),
    }
    ranked = place > 0
    columns = {
        # a domain without a weight has no place; a probability is NaN where its side is missing
        name: pl.Series(np.where(ranked, values, np.nan).T.reshape(-1), nan_to_null=True)
        for name, values in numbers.items()
    }
    actors = tuple(sight.actor for sight in together)
    told = turns_on(domains, sides, actors, tuple(s.actor for s in sights if s.actor not in actors), weight, place)
    table = pl.DataFrame(
        {
            "territory": [name for name in territories.gather(part.tolist()) for _ in domains],
            "domain": list(domains) * len(part),
            **columns,
            "turns_on": told,
        }
    )
    return table.select(pl.col(name).cast(kind) for name, kind in PLACES.items())
