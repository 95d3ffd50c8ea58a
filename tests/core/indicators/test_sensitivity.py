from __future__ import annotations

import numpy as np
import polars as pl
import pytest

import odd17
from odd17.core.indicators import sensitivity
from odd17.core.indicators.frame import Frame
from odd17.core.indicators.result import Result
from odd17.core.indicators.sensitivity import sobol_indices
from odd17.core.kernel import UsageError


def test_ishigami() -> None:
    """Ishigami & Homma (1990): the indices are known in closed form."""
    a, b = 7.0, 0.1

    def model(points: np.ndarray) -> np.ndarray:
        x = np.pi * (2 * points - 1)
        return np.sin(x[:, 0]) + a * np.sin(x[:, 1]) ** 2 + b * x[:, 2] ** 4 * np.sin(x[:, 0])

    first = (1 + b * np.pi**4 / 5) ** 2 / 2
    cross = b**2 * np.pi**8 * (1 / 18 - 1 / 50)
    variance = first + a**2 / 8 + cross
    found = sobol_indices(model, ["x1", "x2", "x3"], base=4096, seed=1)
    np.testing.assert_allclose(found["first"], np.array([first, a**2 / 8, 0]) / variance, atol=0.02)
    np.testing.assert_allclose(found["total"], np.array([first + cross, a**2 / 8, cross]) / variance, atol=0.02)
    assert (found["first_low"] <= found["first"]).all()
    assert (found["total"] <= found["total_high"]).all()


def test_sobol_g() -> None:
    """Saltelli & Sobol' (1995): V_i = 1 / (3 (1 + a_i)²)."""
    a = np.array([0.0, 1.0, 4.5, 99.0])

    def model(points: np.ndarray) -> np.ndarray:
        return np.prod((np.abs(4 * points - 2) + a) / (1 + a), axis=1)

    parts = 1 / (3 * (1 + a) ** 2)
    variance = np.prod(1 + parts) - 1
    found = sobol_indices(model, list("abcd"), base=4096, seed=1)
    np.testing.assert_allclose(found["first"], parts / variance, atol=0.02)
    np.testing.assert_allclose(found["total"], parts * np.prod(1 + parts) / (1 + parts) / variance, atol=0.02)


def test_total_indices_of_the_reference_model(asem) -> None:
    """``y = x1 + 2 x2 + 3 x1 x3``; the reference drew 500 points and the same factors, so its indices are near."""
    found = sobol_indices(
        lambda x: x[:, 0] + 2 * x[:, 1] + 3 * x[:, 0] * x[:, 2], ["V1", "V2", "V3"], base=4096, seed=1
    )
    sample = asem.table("sa_generic_sample")
    y = (sample["V1"] + 2 * sample["V2"] + 3 * sample["V1"] * sample["V3"]).to_numpy()
    np.testing.assert_allclose(y, sample["y"].to_numpy(), rtol=1e-12)
    np.testing.assert_allclose(found["total"], asem.table("sa_generic_sobol")["STi"].to_numpy(), atol=0.06)


def test_without_variance_there_is_nothing_to_share() -> None:
    found = sobol_indices(lambda points: np.ones(len(points)), ["x"], base=8, seed=0)
    assert found["first"].to_list() == found["total_high"].to_list() == [None]


@pytest.fixture
def result(frame: Frame, values: pl.DataFrame) -> Result:
    steps = [odd17.Impute("mean"), odd17.Normalise("minmax", low=1, high=100), odd17.Aggregate()]
    return odd17.Index(frame, steps).fit(values, unit="code")


def test_a_choice_that_changes_nothing_has_no_index(result: Result) -> None:
    same = odd17.Normalise("minmax", low=1, high=100)
    ua = result.uncertainty({"Normalise": [same, same], "weights": odd17.Noise(1.0)}, n=50)
    found = ua.sobol(base=256)
    assert found["factor"].to_list() == ["Normalise", "weights"]
    assert found["first"][0] == found["total"][0] == 0.0
    assert found["total"][1] == pytest.approx(1.0, abs=0.1)
    assert ua.sobol(base=256).equals(found)


def test_only_what_changes_nothing_leaves_no_variance(result: Result) -> None:
    ua = result.uncertainty({"Normalise": ["minmax", "minmax"]}, n=10)
    assert ua.sobol(target="mean_abs_rank_shift", n_boot=10)["total"].to_list() == [None]


def test_the_target_explained_is_the_mean_shift_of_ranks(result: Result) -> None:
    ua = result.uncertainty({"Aggregate": ["arithmetic", "harmonic"], "weights": [{"a": 1.0}, {"a": 9.0}]}, n=20)
    found = ua.rank_shifts("Index", ua.design)
    nominal = result.ranks["Index"].to_numpy()
    for pick, weights, shift in zip(ua.design.picks[:, 0], ua.design.weights, found, strict=True):
        frame = result.frame.with_weights(dict(zip(result.frame.codes, weights, strict=True)))
        steps = [*result.steps[:-1], odd17.Aggregate(["arithmetic", "harmonic"][pick])]
        again = odd17.Index(frame, steps).fit(result.table("raw"), unit="unit").ranks["Index"].to_numpy()
        assert shift == pytest.approx(np.abs(again - nominal).mean())


def test_requests_are_checked(result: Result, monkeypatch: pytest.MonkeyPatch) -> None:
    ua = result.uncertainty({"weights": odd17.Noise(0.2)}, n=5)
    with pytest.raises(UsageError, match="Did you mean 'mean_abs_rank_shift'"):
        ua.sobol(target="mean_rank_shift")
    with pytest.raises(UsageError, match="power of 2"):
        ua.sobol(base=100)

    def absent(name: str) -> None:
        raise ImportError(name)

    monkeypatch.setattr(sensitivity, "import_module", absent)
    with pytest.raises(UsageError, match="extra 'sensitivity'"):
        ua.sobol()


def test_leaving_out_a_node_is_the_index_without_it(result: Result, values: pl.DataFrame) -> None:
    found = result.leave_one_out(level="domain")
    assert found["left_out"].to_list() == ["work", "home", "empty"]
    smaller = Frame(tuple(node for node in result.frame.nodes if node.code not in ("home", "c", "d")))
    ranks = odd17.Index(smaller, result.steps).fit(values, unit="code").ranks["Index"].to_numpy()
    shifts = np.abs(ranks - result.ranks["Index"].to_numpy())
    assert found.row(1) == ("home", shifts.mean(), shifts.max(), 5)
    assert found.row(2) == ("empty", 0.0, 0, 5)
    assert result.leave_one_out(level=1)["left_out"].to_list() == ["a", "b", "c", "d"]


def test_leaving_out_what_a_choice_names_and_all_there_is(frame: Frame, values: pl.DataFrame) -> None:
    steps = [odd17.Normalise(low=1), odd17.Aggregate(at={"work": "geometric", "domain": "harmonic"})]
    result = odd17.Index(frame, steps).fit(values, unit="code")
    assert result.leave_one_out(level=2)["units"].to_list() == [5, 5, 5]
    single = Frame(tuple(node for node in frame.nodes if node.code in ("a", "work", "Index")))
    alone = odd17.Index(single, [odd17.Normalise(), odd17.Aggregate()]).fit(values, unit="code")
    assert alone.leave_one_out(level=2).row(0) == ("work", None, None, 0)
    with pytest.raises(UsageError, match="root cannot be left out"):
        alone.leave_one_out(level=3)
    with pytest.raises(UsageError, match="level"):
        result.leave_one_out(level="pillar")
