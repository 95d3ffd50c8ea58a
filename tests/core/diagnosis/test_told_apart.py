from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from odd17.core.diagnosis.reading import PeerSet, Rank, Score
from odd17.core.diagnosis.side_by_side import open_orders
from odd17.core.diagnosis.told_apart import overlaps, told_apart
from odd17.core.kernel import Estimate

REGIONS = PeerSet("REG-metropolitan", 13)


def rank(low: int | None, high: int | None, peers: PeerSet = REGIONS) -> Rank:
    return Rank(low or 1, 13, 0, peers, low, high)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (rank(1, 3), rank(4, 6), True),
        (rank(4, 6), rank(1, 3), True),
        (rank(1, 4), rank(4, 6), False),
        (rank(1, 9), rank(4, 6), False),
        (rank(None, None), rank(4, 6), None),
        (rank(1, 3), rank(4, 6, PeerSet("DEP", 101)), None),
    ],
)
def test_intervals_that_do_not_meet_tell_apart(one: Rank, other: Rank, expected: bool | None) -> None:
    assert told_apart(one, other) is expected


BOUNDS = st.lists(st.one_of(st.none(), st.tuples(st.integers(1, 20), st.integers(0, 6))), max_size=25)


@given(BOUNDS)
def test_overlaps_are_counted_as_one_by_one(bounds: list[tuple[int, int] | None]) -> None:
    pairs = [None if bound is None else (bound[0], bound[0] + bound[1]) for bound in bounds]
    low = pl.Series([None if pair is None else pair[0] for pair in pairs], dtype=pl.Int32)
    high = pl.Series([None if pair is None else pair[1] for pair in pairs], dtype=pl.Int32)
    expected = [
        None
        if pair is None
        else sum(other is not None and other[0] <= pair[1] and pair[0] <= other[1] for other in pairs) - 1
        for pair in pairs
    ]
    assert overlaps(low, high).to_list() == expected


def test_only_the_pairs_that_are_left_open_are_named() -> None:
    scores = [
        Score("employment", Estimate(50.0), one, None, 1, 1)
        for one in (rank(1, 3), rank(3, 5), rank(6, 7), None, rank(7, 9))
    ]
    assert open_orders(scores) == ((0, 1), (2, 4))
