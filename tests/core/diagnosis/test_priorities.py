"""Priorities: their order, how little moves it, and what is said to move it."""

from __future__ import annotations

import json

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from odd17.core.diagnosis.priorities import priorities
from odd17.core.diagnosis.ranked import Ranked
from odd17.core.diagnosis.sights import Sight, drawn_logits
from odd17.core.indicators.rank import rank_block
from odd17.core.indicators.stage import FloatArray

DRAWS, PEERS = 400, 9
UNITS = np.arange(PEERS)
TERRITORIES = pl.Series([f"REG-{at:02}" for at in range(PEERS)])
DOMAINS = ("employment", "housing", "health", "culture")


def fixed(rank: list[int]) -> Ranked:
    ranks = np.array(rank)
    return Ranked(UNITS, ranks, np.broadcast_to(ranks, (DRAWS, PEERS)))


def seen(shares: FloatArray, seed: int, n: float = 300.0) -> Ranked:
    error, many = np.sqrt(shares * (1 - shares) / n), np.full(PEERS, n)
    drawn = drawn_logits(shares, error, many - 1, many, DRAWS, np.random.default_rng(seed))
    return Ranked(UNITS, rank_block(shares[None])[0], rank_block(drawn))


def sight(ranked: dict[str, Ranked], actor: str = "citizens", period: str = "2019-10") -> Sight:
    return Sight(actor, f"{actor}-{period}", period, {}, ranked)


def turned(first: int) -> list[int]:
    """Ranks of the peers, those of territory 0 being ``first``."""
    others = [rank for rank in range(1, PEERS + 1) if rank != first]
    return [first, *others]


def of_first(table: pl.DataFrame) -> dict[str, dict[str, object]]:
    return {row["domain"]: row for row in table.filter(pl.col("territory") == "REG-00").iter_rows(named=True)}


def test_figures_alone_order_domains_without_a_study() -> None:
    objective = {domain: fixed(turned(rank)) for domain, rank in zip(DOMAINS, (3, 1, 9, 5), strict=True)}
    found = of_first(priorities(objective, (), DOMAINS, TERRITORIES, DRAWS, 0.9))
    assert [found[domain]["place"] for domain in DOMAINS] == [2, 1, 4, 3]
    assert found["housing"]["weight"] == pytest.approx(1 - 0.5 / 9)
    assert found["housing"]["p_seen"] is None
    assert (found["housing"]["place_low"], found["housing"]["place_high"]) == (1, 1)
    assert [found[domain]["p_first"] for domain in DOMAINS] == [1, 1, 0, 1]


def test_half_is_by_figures_and_half_by_the_mean_of_actors() -> None:
    objective = {"employment": fixed(turned(1)), "housing": fixed(turned(9))}
    actors = (
        sight({"employment": fixed(turned(9)), "housing": fixed(turned(1))}),
        sight({"employment": fixed(turned(5)), "housing": fixed(turned(9))}, "companies", "2019-05"),
    )
    found = of_first(priorities(objective, actors, DOMAINS, TERRITORIES, DRAWS, 0.9))
    standing = {rank: 1 - (rank - 0.5) / 9 for rank in range(1, 10)}
    expected = standing[1] / 2 + (standing[9] + standing[5]) / 4
    assert found["employment"]["weight"] == pytest.approx(expected)
    assert found["housing"]["weight"] == pytest.approx(standing[9] / 2 + (standing[1] + standing[9]) / 4)
    told = json.loads(str(found["employment"]["turns_on"]))
    assert told["made_of"] == ["objective", "citizens", "companies"]
    assert told["alone"] == {"objective": 1, "citizens": 2, "companies": 1}
    assert told["below"]["domain"] == "housing"
    assert told["below"]["actors"] == []
    # two domains have a weight; the others have no place
    assert found["health"]["place"] is None
    assert found["health"]["turns_on"] is None


def test_it_says_without_whom_two_domains_would_swap() -> None:
    objective = {"employment": fixed(turned(4)), "housing": fixed(turned(5))}
    actors = (
        sight({"employment": fixed(turned(6)), "housing": fixed(turned(1))}),
        sight({"employment": fixed(turned(5)), "housing": fixed(turned(6))}, "companies"),
    )
    found = of_first(priorities(objective, actors, DOMAINS, TERRITORIES, DRAWS, 0.9))
    assert found["housing"]["place"] == 1
    told = json.loads(str(found["employment"]["turns_on"]))
    assert told["above"]["actors"] == ["citizens"]  # without them, the figures and companies put employment first
    # weights: 4th and 5.5th against 5th and 3.5th: a quarter of a ninth of a place each, twice over for the figures
    assert told["above"]["difference"] == pytest.approx((1 / 2 * (4 - 5) + 1 / 2 * (5.5 - 3.5)) / 9, abs=1e-8)
    assert told["above"]["objective_places"] == 1


def test_a_move_out_of_reach_is_not_told() -> None:
    objective = {"employment": fixed(turned(1)), "housing": fixed(turned(2))}
    actors = (sight({"employment": fixed(turned(9)), "housing": fixed(turned(1))}),)
    found = of_first(priorities(objective, actors, DOMAINS, TERRITORIES, DRAWS, 0.9))
    told = json.loads(str(found["employment"]["turns_on"]))
    assert told["above"]["objective_places"] is None  # it is first by its figures already


def test_actors_of_an_earlier_year_are_left_out() -> None:
    objective = {"employment": fixed(turned(1)), "housing": fixed(turned(2))}
    ranked = {"employment": fixed(turned(9)), "housing": fixed(turned(1))}
    both = (sight(ranked, "citizens", "2015-10"), sight(ranked, "companies", "2019-10"))
    found = priorities(objective, both, DOMAINS, TERRITORIES, DRAWS, 0.9)
    alone = priorities(objective, both[1:], DOMAINS, TERRITORIES, DRAWS, 0.9)
    assert found.drop("turns_on").equals(alone.drop("turns_on"))


@settings(max_examples=20, deadline=None)
@given(
    shares=st.lists(st.lists(st.floats(0.05, 0.95), min_size=PEERS, max_size=PEERS), min_size=4, max_size=4),
    moves=st.lists(st.lists(st.floats(-0.001, 0.001), min_size=PEERS, max_size=PEERS), min_size=4, max_size=4),
    seed=st.integers(0, 100),
)
def test_a_tenth_of_a_point_moves_only_those_that_cannot_be_told_apart(
    shares: list[list[float]], moves: list[list[float]], seed: int
) -> None:
    random = np.random.default_rng(seed)
    objective = {domain: fixed((random.permutation(PEERS) + 1).tolist()) for domain in DOMAINS}

    def ordered(values: FloatArray) -> pl.DataFrame:
        ranked = {domain: seen(values[at], at) for at, domain in enumerate(DOMAINS)}
        return priorities(objective, (sight(ranked),), DOMAINS, TERRITORIES, DRAWS, 0.9)

    before, after = ordered(np.array(shares)), ordered(np.array(shares) + np.array(moves))
    pairs = before.join(before, on="territory", suffix="_other").filter(
        pl.col("place_high") < pl.col("place_low_other")
    )
    later = after.select("territory", "domain", "place")
    kept = pairs.join(later, on=["territory", "domain"], suffix="_now").join(
        later, left_on=["territory", "domain_other"], right_on=["territory", "domain"], suffix="_other_now"
    )
    assert (kept["place_now"] <= kept["place_other_now"]).all()
    moved = before.join(after, on=["territory", "domain"], suffix="_now")
    assert ((moved["weight"] - moved["weight_now"]).abs() < 0.1).all()
