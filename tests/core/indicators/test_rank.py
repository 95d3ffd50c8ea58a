from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from odd17.core.indicators.rank import ranks

SCORES = st.lists(st.one_of(st.sampled_from([0.0, -0.0, 1.0, float("nan")]), st.floats(-5, 5)), max_size=12)


@given(SCORES)
def test_a_rank_is_one_more_than_the_scores_above(scores: list[float]) -> None:
    found = ranks(np.array(scores, dtype=np.float64))
    for score, rank in zip(scores, found, strict=True):
        if np.isnan(score):
            assert np.isnan(rank)
        else:
            assert rank == 1 + sum(other > score for other in scores)


def test_neighbouring_doubles_are_told_apart() -> None:
    assert ranks(np.array([1.0, np.nextafter(1.0, 2.0)])).tolist() == [2.0, 1.0]
