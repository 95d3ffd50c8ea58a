from __future__ import annotations

import numpy as np
import polars as pl
import pytest

import odd17
from odd17.core.indicators.aggregate import METHODS, aggregated, arithmetic
from odd17.core.indicators.frame import Frame
from odd17.core.indicators.outranking import copeland
from odd17.core.kernel import DataError, UsageError

NAN = float("nan")
ONE_TO_HUNDRED = odd17.Normalise("minmax", low=1, high=100)


@pytest.mark.parametrize("method", ["arithmetic", "geometric", "harmonic", "power"])
def test_gaps_are_skipped_and_weights_renormalised(method: str) -> None:
    x = np.array([[2.0, 8.0, NAN], [2.0, NAN, NAN], [NAN, NAN, NAN]])
    weights = np.array([1.0, 3.0, 5.0])
    found = aggregated(method, x, weights, 2.0)
    np.testing.assert_allclose(found[0], aggregated(method, x[:1, :2], weights[:2], 2.0))
    assert found[1] == pytest.approx(2.0)
    assert np.isnan(found[2])


def test_a_weight_of_zero_leaves_nothing_behind() -> None:
    assert np.isnan(arithmetic(np.array([[5.0, NAN]]), np.array([0.0, 1.0]))[0])


def test_products_are_summed_exactly() -> None:
    assert arithmetic(np.array([[1e16, 1.0, -1e16]]), np.ones(3))[0] == pytest.approx(1 / 3, rel=1e-12)


def test_copeland_ignores_what_either_unit_lacks() -> None:
    x = np.array([[1.0, NAN], [2.0, 5.0], [NAN, 4.0]])
    # 0 and 2 share nothing; 1 beats both on the only thing they share
    assert copeland(x, np.ones(2)).tolist() == [-1.0, 2.0, -1.0]


def test_copeland_takes_equal_sums_of_weights_for_equal() -> None:
    x = np.array([[1.0, 1.0, 0.0], [0.0, 0.0, 1.0]])
    assert 0.1 + 0.2 != 0.3
    assert copeland(x, np.array([0.1, 0.2, 0.3])).tolist() == [0.0, 0.0]


def test_copeland_in_blocks_is_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    x = np.random.default_rng(1).normal(size=(50, 4))
    whole = copeland(x, np.ones(4))
    monkeypatch.setattr("odd17.core.indicators.outranking.BLOCK", 130)
    assert (copeland(x, np.ones(4)) == whole).all()


def test_methods_by_node_and_by_level(frame: Frame) -> None:
    every = odd17.Aggregate("harmonic").methods(frame)
    assert set(every.values()) == {"harmonic"}
    mixed = odd17.Aggregate("arithmetic", at={"domain": "geometric", "home": "harmonic", 3: "copeland"}).methods(frame)
    assert mixed == {"work": "geometric", "home": "harmonic", "empty": "geometric", "Index": "copeland"}


def test_a_method_by_node_is_used_there_and_replays(frame: Frame, values: pl.DataFrame) -> None:
    steps = [ONE_TO_HUNDRED, odd17.Aggregate("arithmetic", at={"Index": "geometric", 2: "harmonic"})]
    result = odd17.Index(frame, steps).fit(values, unit="code")
    last = result.scores.filter(pl.col("unit") == "u4")
    work, home = last["work"].item(), last["home"].item()
    assert work == pytest.approx(4 / (1 / 75.25 + 3 / 75.25))
    assert last["Index"].item() == pytest.approx((work * home) ** 0.5)
    assert odd17.replay(result.log, values) == result


@pytest.mark.parametrize("method", ["geometric", "harmonic", "power"])
def test_zeros_and_negatives_are_refused_naming_unit_and_node(frame: Frame, values: pl.DataFrame, method: str) -> None:
    power = -2.0 if method == "power" else None
    index = odd17.Index(frame, [odd17.Normalise("minmax"), odd17.Aggregate(method, power=power)])
    with pytest.raises(DataError, match=f"the {method} aggregation of node 'work'.*unit 'u1'"):
        index.fit(values, unit="code")


def test_a_positive_power_takes_zeros_but_no_negatives(frame: Frame, values: pl.DataFrame) -> None:
    quadratic = odd17.Aggregate("power", power=2.0)
    odd17.Index(frame, [odd17.Normalise("minmax"), quadratic]).fit(values, unit="code")
    with pytest.raises(DataError, match="no zero or negative"):
        odd17.Index(frame, [odd17.Normalise("zscore"), quadratic]).fit(values, unit="code")


def test_a_refused_unit_does_not_trip_a_refusal_of_zeros(frame: Frame, values: pl.DataFrame) -> None:
    table = values.with_columns(b=pl.Series([None, 7.0, 8.0, 3.0, 1.0]), d=pl.Series([None, 2.0, 3.0, 5.0, 4.0]))
    steps = [odd17.Normalise("minmax"), odd17.Aggregate("arithmetic", at={"Index": "geometric"}, min_available=0.6)]
    scores = odd17.Index(frame, steps).fit(table, unit="code").scores
    assert scores["Index"].is_null().to_list() == [True, False, False, False, False]


@pytest.mark.parametrize("method", ["arithmetic", "geometric", "harmonic", "power"])
def test_explanations_add_up_under_every_mean(frame: Frame, values: pl.DataFrame, method: str) -> None:
    power = 0.5 if method == "power" else None
    result = odd17.Index(frame, [ONE_TO_HUNDRED, odd17.Aggregate(method, power=power)]).fit(values, unit="code")
    for unit in result.scores["unit"]:
        score = result.scores.filter(pl.col("unit") == unit)["Index"].item()
        assert result.explain(unit)["contribution"].sum() == pytest.approx(score)


def test_an_explanation_under_copeland_has_no_contributions(frame: Frame, values: pl.DataFrame) -> None:
    result = odd17.Index(frame, [ONE_TO_HUNDRED, odd17.Aggregate("copeland")]).fit(values, unit="code")
    assert result.explain("u4")["contribution"].null_count() == 4


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"method": "geometrc"}, "Did you mean 'geometric'"),
        ({"method": "power"}, "'power' goes with"),
        ({"power": 2.0}, "'power' goes with"),
        ({"method": "power", "power": 0}, "other than 0"),
        ({"at": {"Index": "mean"}}, "unknown aggregation"),
        ({"min_available": 80}, "share from 0 to 1"),
    ],
)
def test_choices_that_make_no_sense_are_refused(arguments: dict[str, object], message: str) -> None:
    with pytest.raises(UsageError, match=message):
        odd17.Aggregate(**arguments)


def test_every_method_has_a_meaning() -> None:
    x = np.array([[1.0, 2.0], [3.0, 4.0]])
    assert all(aggregated(method, x, np.ones(2), 1.0).shape == (2,) for method in METHODS)
