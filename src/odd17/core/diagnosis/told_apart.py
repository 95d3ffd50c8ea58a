"""Which territories the ranks tell apart: those whose intervals do not meet.

Two intervals that meet leave it open who is the more fragile: some of the choices tried put one first, some the other.
The rule is cautious: replicates are shared, so that two territories may keep their order although their intervals meet.
"""

from __future__ import annotations

import numpy as np
import polars as pl

from .reading import Rank


def told_apart(one: Rank, other: Rank) -> bool | None:
    """Whether the ranks of two territories among the same peers differ whatever the choices tried.

    None where the bounds of one are unknown, or where they are not ranked among the same peers.

    >>> from odd17.core.diagnosis.reading import PeerSet
    >>> regions = PeerSet("REG-metropolitan", 13)
    >>> third, fifth = Rank(3, 13, 0, regions, 2, 4), Rank(5, 13, 0, regions, 4, 6)
    >>> told_apart(third, fifth), told_apart(third, Rank(9, 13, 0, regions, 8, 9))
    (False, True)
    """
    if one.peers != other.peers or one.low is None or one.high is None or other.low is None or other.high is None:
        return None
    return one.high < other.low or other.high < one.low


def overlaps(low: pl.Series, high: pl.Series) -> pl.Series:
    """For each unit with an interval, how many other intervals meet its own; null where it has none.

    >>> overlaps(pl.Series([1, 2, 4, None]), pl.Series([2, 4, 5, None])).to_list()
    [1, 2, 1, None]
    """
    here = (low.is_not_null() & high.is_not_null()).to_numpy()
    lows, highs = low.filter(pl.Series(here)).to_numpy(), high.filter(pl.Series(here)).to_numpy()
    beyond = np.searchsorted(np.sort(highs), lows, side="left")  # intervals that end before this one starts
    after = len(lows) - np.searchsorted(np.sort(lows), highs, side="right")
    found = np.zeros(len(low), dtype=np.int32)
    found[here] = len(lows) - beyond - after - 1
    return pl.DataFrame({"found": found, "here": here}).select(
        pl.when("here").then("found").otherwise(None).alias("overlaps")
    )["overlaps"]
