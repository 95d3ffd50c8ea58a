"""Quantile classes: nobody lost, ties together, in order, at most five."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from odd17.publishing.charts.classes import MOST_CLASSES, quantile_classes

VALUES = st.lists(st.one_of(st.floats(-1e9, 1e9), st.sampled_from([0.0, 1.0, 13.2])), min_size=1, max_size=300)


@given(VALUES)
def test_everybody_is_in_one_class(values: list[float]) -> None:
    classes = quantile_classes(values)
    assert sum(classes.counts) == len(values) == len(classes.positions)
    assert 1 <= len(classes.counts) == len(classes.bounds) <= MOST_CLASSES
    assert all(count > 0 for count in classes.counts)
    for value, place in zip(values, classes.positions, strict=True):
        low, high = classes.bounds[place]
        assert low <= value <= high


@given(VALUES)
def test_equal_values_are_together_and_classes_in_order(values: list[float]) -> None:
    classes = quantile_classes(values)
    assert len({(value, place) for value, place in zip(values, classes.positions, strict=True)}) == len(set(values))
    edges = [bound for bounds in classes.bounds for bound in bounds]
    assert edges == sorted(edges)
    assert all(high < low for (_, high), (low, _) in zip(classes.bounds[:-1], classes.bounds[1:], strict=True))


@given(st.permutations([float(value) for value in range(23)]))
def test_the_order_of_territories_changes_nothing(values: list[float]) -> None:
    classes = quantile_classes(values)
    assert classes.bounds == quantile_classes(sorted(values)).bounds


def test_distinct_values_make_even_classes() -> None:
    assert quantile_classes([float(value) for value in range(100)]).counts == (20, 20, 20, 20, 20)


def test_bounds_follow_numpy() -> None:
    values = np.random.default_rng(3).normal(size=500)
    inner = np.quantile(values, [0.2, 0.4, 0.6, 0.8])
    highs = [high for _, high in quantile_classes(values.tolist()).bounds[:-1]]
    assert highs == [float(values[values <= edge].max()) for edge in inner]


def test_a_repeated_value_makes_fewer_classes() -> None:
    assert quantile_classes([5.0] * 9).bounds == ((5.0, 5.0),)
    assert quantile_classes([]).counts == ()


@pytest.mark.parametrize("bad", [float("nan"), float("inf")])
def test_not_finite_is_refused(bad: float) -> None:
    with pytest.raises(ValueError, match="finite"):
        quantile_classes([1.0, bad])
