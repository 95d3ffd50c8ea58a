"""Reading the priorities of a territory: the rows of their table as values, each with its reasons."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from .crossing_reading import ActorView, BlindSpot, Neighbour, Place, Priority, Why, WhyCode
from .reading import Score

Row = Mapping[str, Any]


def blind_spot_of(row: Row) -> BlindSpot | None:
    """Whether few act where it is fragile, by a row of ``PRIORITIES``; None without a study of organisations."""
    if row["acts_study"] is None:
        return None
    return BlindSpot(row["acts_study"], row["p_few_act"], row["p_blind_spot"], row["blind_spot"])


def priority_of(row: Row, of: int, score: Score, views: Sequence[ActorView], spot: BlindSpot | None) -> Priority | None:
    """The place that a row of ``PRIORITIES`` tells among ``of`` domains; None where it has none."""
    if row["place"] is None:
        return None
    told = json.loads(row["turns_on"])
    return Priority(
        place=Place(row["place"], row["place_low"], row["place_high"], of),
        weight=row["weight"],
        p_first=row["p_first"],
        p_fragile=row["p_fragile"],
        p_seen=row["p_seen"],
        made_of=tuple(told["made_of"]),
        left_out=tuple(told["left_out"]),
        standings=told["standings"],
        alone=told["alone"],
        above=_neighbour(told["above"]),
        below=_neighbour(told["below"]),
        reasons=_reasons(told, row, score, views, spot),
    )


def _neighbour(told: Row | None) -> Neighbour | None:
    if told is None:
        return None
    return Neighbour(told["domain"], told["difference"], told["objective_places"], tuple(told["actors"]))


def _reasons(told: Row, row: Row, score: Score, views: Sequence[ActorView], spot: BlindSpot | None) -> tuple[Why, ...]:
    found = [_by_figures(score)]
    seen = [view for view in views if view.actor in told["made_of"] and view.rank is not None]
    for view in seen:
        if view.rank is not None:
            rank = {"rank": view.rank.value, "low": view.rank.low, "high": view.rank.high, "of": view.rank.of}
            params = {"actor": view.actor, "period": view.period, "n": view.share.n, **rank}
            found.append(Why(WhyCode.SEEN_BY, params))
    if not seen:
        found.append(Why(WhyCode.NOT_SEEN))
    found += [
        Why(WhyCode.SEEN_EARLIER, {"actor": view.actor, "period": view.period})
        for view in views
        if view.actor in told["left_out"]
    ]
    if spot is not None and spot.told:
        found.append(
            Why(WhyCode.BLIND_SPOT, {"probability": spot.probability, "share": row["acts"], "study": spot.study})
        )
    return tuple(found)


def _by_figures(score: Score) -> Why:
    rank = score.rank
    if rank is None:
        return Why(WhyCode.WITHOUT_FIGURES)
    told: dict[str, object] = {"rank": rank.value, "of": rank.of, "tied": rank.tied}
    if rank.alone or rank.low is None:
        return Why(WhyCode.ONE_INDICATOR, told)
    return Why(WhyCode.BY_FIGURES, {**told, "low": rank.low, "high": rank.high})
