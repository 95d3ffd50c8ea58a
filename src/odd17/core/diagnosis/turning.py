"""What the place of a domain turns on: who put it there, and what would swap it with its neighbours."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from odd17.core.indicators.stage import FloatArray, IntArray

from .ranked import Ranked
from .weighing import mean_of, places, weighed

OBJECTIVE: Final = "objective"
"""The side of the figures, among the actors."""


@dataclass(frozen=True, slots=True)
class Side:
    """One side of the order: its expected standings (domains × territories, NaN without), and the ranks behind them."""

    standings: FloatArray
    ranked: Mapping[str, Ranked]


def turns_on(
    domains: tuple[str, ...],
    sides: Mapping[str, Side],
    together: tuple[str, ...],
    left_out: tuple[str, ...],
    weight: FloatArray,
    place: IntArray,
) -> list[str | None]:
    """For each territory and domain (None without a place), as JSON:

    - ``made_of``: ``objective`` and the actors whose standings make its weight; ``left_out``: the actors asked in an
      earlier year, who do not;
    - ``standings``: the expected standing by each side, from 0 to 1;
    - ``alone``: the place by the figures alone, and by each actor alone;
    - ``above``, ``below``: the ``domain`` next to it, the ``difference`` of their weights, by how many places among
      its peers the figures of the domain would have to move to close it (``objective_places``, null without figures, or
      where no move of theirs would do), and the ``actors`` without whom the two would swap; null at the ends.
    """
    alone = {name: places(side.standings) for name, side in sides.items()}
    mine = {name: sides[name].standings for name in together}
    figures = sides[OBJECTIVE].standings
    without = {
        name: weighed(figures, mean_of([mine[other] for other in together if other != name], figures))
        for name in together
    }
    # plain numbers: they are looked at one by one, hundreds of thousands of times
    tables = _Tables(
        {name: side.standings.tolist() for name, side in sides.items()},
        {name: left.tolist() for name, left in without.items()},
        weight.tolist(),
        [len(sides[OBJECTIVE].ranked[domain].units) if domain in sides[OBJECTIVE].ranked else 0 for domain in domains],
    )
    order_alone = {name: order.tolist() for name, order in alone.items()}
    found: list[str | None] = []
    for at in range(weight.shape[1]):
        ordered = [row for row in np.argsort(place[:, at], kind="stable").tolist() if place[row, at] > 0]
        position = {row: number for number, row in enumerate(ordered)}
        for row in range(len(domains)):
            if row not in position:
                found.append(None)
                continue
            number = position[row]
            standings = {name: _number(side[row][at]) for name, side in tables.standings.items()}
            made_of = [name for name in (OBJECTIVE, *together) if standings[name] is not None]
            told = {
                "made_of": made_of,
                "left_out": [name for name in left_out if standings[name] is not None],
                "standings": {name: value for name, value in standings.items() if value is not None},
                "alone": {name: order[row][at] for name, order in order_alone.items() if order[row][at] > 0},
                **{
                    side: _neighbour(domains[ordered[other]], ordered[other], row, at, tables)
                    if 0 <= other < len(ordered)
                    else None
                    for side, other in (("above", number - 1), ("below", number + 1))
                },
            }
            found.append(json.dumps(told, sort_keys=True))
    return found


@dataclass(frozen=True, slots=True)
class _Tables:
    """Standings by side, weights without an actor, and weights: domains × territories; how many each domain ranks."""

    standings: Mapping[str, list[list[float]]]
    without: Mapping[str, list[list[float]]]
    weight: list[list[float]]
    of: list[int]


def _neighbour(domain: str, other: int, row: int, at: int, tables: _Tables) -> dict[str, Any]:
    lead = tables.weight[other][at] - tables.weight[row][at]
    swaps = [name for name, left in tables.without.items() if (left[other][at] - left[row][at]) * lead < -1e-12]
    standing, of = tables.standings[OBJECTIVE][row][at], tables.of[row]
    moved = None
    if not math.isnan(standing):
        has_seen = any(not math.isnan(tables.standings[name][row][at]) for name in tables.without)
        needed = math.ceil(round(abs(lead) * (2 if has_seen else 1) * of, 6))
        rank = of * (1 - standing) + 0.5
        within_reach = (rank - 1 if lead > 0 else of - rank) + 1e-6
        moved = needed if needed <= within_reach else None
    return {"domain": domain, "difference": round(abs(lead), 9), "objective_places": moved, "actors": swaps}


def _number(value: float) -> float | None:
    return None if math.isnan(value) else round(value, 6)
