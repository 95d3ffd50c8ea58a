from __future__ import annotations

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from odd17.core.diagnosis.slope import theil_sen

FEW = st.lists(st.integers(-50, 50).map(float), min_size=4, max_size=9)


def test_two_or_three_periods_have_no_slope() -> None:
    assert theil_sen([], []) is None
    assert theil_sen([2018, 2019], [1.0, 2.0]) is None
    assert theil_sen([2018, 2019, 2020], [1.0, 2.0, 3.0]) is None


def test_four_periods_have_one_whose_interval_holds_all_their_slopes() -> None:
    found = theil_sen([2018, 2019, 2020, 2022], [1.0, 2.0, 2.0, 5.0])
    assert found is not None
    assert (found.low, found.high, found.n) == (0.0, 1.5, 4)
    assert found.value == pytest.approx((1.0 + 1.0) / 2)
    assert not found.is_told


def test_seven_periods_leave_out_four_slopes_at_each_end_of_21() -> None:
    # of the 5,040 orders of seven, 174 have four pairs or fewer the wrong way round: 1 − 2 × 174/5040 = 93.1 %
    found = theil_sen([1, 2, 3, 4, 10, 12, 18], [9, 15, 19, 20, 45, 55, 78], level=0.93)
    assert found is not None
    assert (found.value, found.low, found.high) == (4.0, 3.75, 46 / 11)
    wider = theil_sen([1, 2, 3, 4, 10, 12, 18], [9, 15, 19, 20, 45, 55, 78], level=0.94)
    assert wider is not None
    assert wider.low < found.low < found.high < wider.high


def test_the_interval_misses_the_true_slope_as_seldom_as_it_says() -> None:
    # over every order of the scatter, which is what Kendall's distribution counts
    for n in (4, 5, 6):
        orders = list(permutations(range(n)))
        held = 0
        for order in orders:
            found = theil_sen(list(range(n)), [float(value) for value in order])
            assert found is not None
            held += not found.is_told
        assert held / len(orders) >= 0.9


@given(FEW, st.integers(-20, 20), st.integers(1, 9))
def test_a_line_added_to_the_values_is_added_to_the_slope(values: list[float], line: int, scale: int) -> None:
    times = list(range(len(values)))
    found = theil_sen(times, values)
    moved = theil_sen(times, [scale * value + line * time for time, value in zip(times, values, strict=True)])
    assert found is not None
    assert moved is not None
    assert np.allclose(
        [moved.value, moved.low, moved.high], [scale * bound + line for bound in (found.value, found.low, found.high)]
    )
    assert found.low <= found.value <= found.high


@given(FEW)
def test_the_order_in_which_periods_come_changes_nothing(values: list[float]) -> None:
    times = list(range(len(values)))
    assert theil_sen(times, values) == theil_sen(times[::-1], values[::-1])


def test_wrong_series() -> None:
    with pytest.raises(ValueError, match="2 times for 1 values"):
        theil_sen([1, 2], [1.0])
    with pytest.raises(ValueError, match="same time"):
        theil_sen([1, 1, 2, 3], [1.0, 2.0, 3.0, 4.0])
