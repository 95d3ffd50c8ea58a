from __future__ import annotations

import os
import subprocess
import sys

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

import odd17
from odd17.core.indicators.aggregate import Aggregate
from odd17.core.indicators.frame import Frame
from odd17.core.indicators.rank import TOGETHER, Ranker, rank_block, ranks
from odd17.core.indicators.rank_store import RankStore
from odd17.core.indicators.replicates import Replicates
from odd17.core.indicators.result import Result
from odd17.core.indicators.stage import Stage
from odd17.core.kernel import DataError, UsageError

STEPS = [
    odd17.Screen(min_available=0.5),
    odd17.Treat(max_points=5),
    odd17.Normalise("minmax", low=1, high=100),
    odd17.Aggregate("arithmetic"),
]
CHOICES = {
    "Treat.max_points": [1, 3, 5],
    "Normalise": [odd17.Normalise("minmax", low=1, high=100), odd17.Normalise("zscore", mean=10, sd=2)],
    "weights": odd17.Noise(0.25),
    "Aggregate": ["arithmetic", "geometric"],
}


def big_frame(indicators: int = 12, domains: int = 4) -> Frame:
    codes = [f"i{number}" for number in range(indicators)]
    names = [f"d{number}" for number in range(domains)]
    return Frame.from_table(
        pl.DataFrame(
            {
                "code": [*codes, *names, "left", "right", "none", "Index"],
                "parent": [
                    *[names[number % domains] for number in range(indicators)],
                    *["left", "right"] * (domains // 2),
                    *["Index"] * 3,
                    None,
                ],
                "weight": [1.0 + number % 3 for number in range(indicators + domains + 4)],
                "direction": [1 if number % 4 else -1 for number in range(indicators)] + [1] * (domains + 4),
                "level": [1] * indicators + [2] * domains + [3, 3, 3, 4],
            }
        ),
        level_names={2: "domain"},
    )


def matrix(units: int, columns: int, gaps: float, seed: int = 1) -> np.ndarray:
    random = np.random.default_rng(seed)
    x = random.gamma(2.0, size=(units, columns)) + 1.0
    x[random.random(x.shape) < gaps] = np.nan
    return x


def table(x: np.ndarray) -> pl.DataFrame:
    columns = {f"i{at}": pl.Series(x[:, at].copy(), nan_to_null=True) for at in range(x.shape[1])}
    return pl.DataFrame({"code": [f"u{row}" for row in range(len(x))], **columns})


AGGREGATES = [
    Aggregate("arithmetic"),
    Aggregate("geometric"),
    Aggregate("harmonic"),
    Aggregate("power", power=0.5),
    Aggregate("arithmetic", at={"Index": "geometric"}),
    Aggregate("geometric", at={"domain": "harmonic", 3: "arithmetic"}),
    Aggregate("arithmetic", at={"left": "copeland"}),
    Aggregate("arithmetic", min_available=0.6),
    Aggregate("geometric", at={"d1": "arithmetic"}, min_available=0.34),
]


@pytest.mark.parametrize("gaps", [0.0, 0.05, 0.4])
@pytest.mark.parametrize("aggregate", AGGREGATES)
@pytest.mark.parametrize("node", ["Index", "left"])
def test_many_weights_at_once_score_as_each_alone(gaps: float, aggregate: Aggregate, node: str) -> None:
    frame, x = big_frame(), matrix(60, 12, gaps)
    stage = Stage("normalised", tuple(f"u{row}" for row in range(60)), np.arange(60), frame.indicators, x)
    replicates = Replicates(frame, aggregate, stage, node)
    weights = odd17.Noise(0.5).draw(frame, 7, np.random.default_rng(2))
    found = np.empty((7, 60))
    replicates.scores(weights, found)
    expected = np.array([replicates._exact(drawn) for drawn in weights])
    np.testing.assert_allclose(found, expected, rtol=1e-11)


def test_ranks_of_replicates_are_those_of_the_index_fitted_anew() -> None:
    frame, values = big_frame(), table(matrix(40, 12, 0.05))
    result = odd17.Index(frame, STEPS).fit(values, unit="code")
    ua = result.uncertainty(CHOICES, n=60, seed=3)
    expected = np.empty((60, 40))
    for number, (picks, weights) in enumerate(zip(ua.design.picks, ua.design.weights, strict=True)):
        steps = [
            STEPS[0],
            odd17.Treat(max_points=[1, 3, 5][picks[0]]),
            CHOICES["Normalise"][picks[1]],
            odd17.Aggregate(["arithmetic", "geometric"][picks[2]]),
        ]
        drawn = frame.with_weights(dict(zip(frame.codes, weights, strict=True)))
        expected[number] = odd17.Index(drawn, steps).fit(values, unit="code").ranks["Index"].to_numpy()
    found = np.empty((60, 40), dtype=np.int32)
    ua.rank_all("Index", ua.design, found.__setitem__)
    np.testing.assert_array_equal(found, expected)
    told = ua.ranks(level=0.9)
    assert told.columns == ["unit", "nominal", "low", "median", "high"]
    assert told["nominal"].to_list() == result.ranks["Index"].to_list()
    np.testing.assert_array_equal(told["low"], np.quantile(expected, 0.05, axis=0, method="inverted_cdf"))
    np.testing.assert_array_equal(told["median"], np.quantile(expected, 0.5, axis=0, method="inverted_cdf"))
    np.testing.assert_array_equal(told["high"], np.quantile(expected, 0.95, axis=0, method="inverted_cdf"))


def test_units_that_a_replicate_leaves_out_have_no_rank_in_it() -> None:
    frame, values = big_frame(), table(matrix(40, 12, 0.3))
    result = odd17.Index(frame, STEPS).fit(values, unit="code")
    ua = result.uncertainty({"Screen.min_available": [0.5, 0.9]}, n=50, seed=1)
    told = ua.ranks()
    kept = odd17.Index(frame, [odd17.Screen(min_available=0.9), *STEPS[1:]]).fit(values, unit="code").ranks
    assert told["unit"].to_list() == result.scores["unit"].to_list()
    for row in told.filter(pl.col("unit").is_in(kept["unit"].to_list()).not_()).iter_rows(named=True):
        assert row["low"] == row["high"] == row["nominal"]


def test_a_refused_unit_has_no_ranks_at_all() -> None:
    x = matrix(20, 12, 0.0)
    x[4] = np.nan
    steps = [odd17.Normalise("minmax", low=1, high=100), odd17.Aggregate()]
    told = odd17.Index(big_frame(), steps).fit(table(x), unit="code").uncertainty({"weights": odd17.Noise(0.2)}, n=9)
    assert told.ranks().row(4) == ("u4", None, None, None, None)
    assert told.ranks(node="d1")["nominal"].null_count() == 1


@pytest.fixture(scope="module")
def result() -> Result:
    return odd17.Index(big_frame(), STEPS).fit(table(matrix(30, 12, 0.02)), unit="code")


def test_the_same_seed_gives_the_same_ranks_and_another_others(result: Result) -> None:
    first, again, other = (result.uncertainty(CHOICES, n=200, seed=seed).ranks() for seed in (5, 5, 6))
    assert first.equals(again)
    assert not first.equals(other)


def test_global_random_state_plays_no_part(result: Result) -> None:
    before = np.random.get_state()[1].tolist()
    result.uncertainty(CHOICES, n=10, seed=5)
    assert np.random.get_state()[1].tolist() == before


def test_the_number_of_threads_changes_nothing() -> None:
    program = (
        "import hashlib, os, numpy as np, polars as pl, odd17\n"
        "if os.environ['THREADS'] == '1': os.cpu_count = lambda: 1\n"
        "random = np.random.default_rng(1)\n"
        "x = np.round(random.gamma(2.0, size=(5000, 6)), 1) + 1\n"
        "frame = odd17.Frame.from_table(pl.DataFrame({'code': [*'abcdef', 'p', 'q', 'I'],"
        " 'parent': [*'pppqqq', 'I', 'I', None], 'weight': [1.0] * 9, 'direction': [1] * 9}))\n"
        "values = pl.DataFrame(x, schema=list('abcdef')).with_columns(code=pl.Series(map(str, range(5000))))\n"
        "steps = [odd17.Normalise(low=1, high=100), odd17.Aggregate()]\n"
        "ua = odd17.Index(frame, steps).fit(values, unit='code').uncertainty("
        "{'weights': odd17.Noise(0.3), 'Aggregate': ['arithmetic', 'geometric']}, n=60)\n"
        "print(hashlib.sha256(ua.ranks().write_csv().encode()).hexdigest())\n"
    )
    outputs = {
        subprocess.run(
            [sys.executable, "-c", program],
            env=os.environ | {"THREADS": threads, "OPENBLAS_NUM_THREADS": threads},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for threads in ("1", "2")
    }
    assert len(outputs) == 1


def test_units_alike_share_their_ranks() -> None:
    x = np.repeat(matrix(1000, 12, 0.02), 3, axis=0)
    x = x[np.random.default_rng(1).permutation(len(x))]
    steps = [odd17.Normalise("minmax", low=1, high=100), odd17.Aggregate(at={"domain": "geometric"})]
    ua = odd17.Index(big_frame(), steps).fit(table(x), unit="code").uncertainty({"weights": odd17.Noise(0.5)}, n=20)
    told = ua.ranks().with_columns(same=pl.Series([row.tobytes() for row in x]))
    assert (
        told.group_by("same").agg(pl.struct("nominal", "low", "median", "high").n_unique())["nominal"].to_list()
        == [1] * 1000
    )


@pytest.mark.parametrize(
    ("choices", "message"),
    [
        ({}, "nothing to vary"),
        ({"Tret.max_points": [1]}, "Did you mean 'Treat'"),
        ({"Treat.max_point": [1]}, "Did you mean 'max_points'"),
        ({"Denominate": [odd17.Denominate()]}, "unknown step or field of this index 'Denominate'"),
        ({"Impute.method": ["mean"]}, "unknown step of this index 'Impute'"),
        ({"min_available": [0.5]}, "Screen.min_available and Aggregate.min_available"),
        ({"weight": odd17.Noise(0.2)}, "Did you mean 'weights'"),
        ({"weights": 0.2}, "takes Noise"),
        ({"weights": [{"i99": 2.0}]}, "unknown node"),
        ({"weights": odd17.Noise(0.2, levels=["domian"])}, "Did you mean 'domain'"),
        ({"Aggregate": "geometric"}, "list of alternatives"),
        ({"Aggregate": []}, "list of alternatives"),
        ({"Aggregate": ["geometrc"]}, "Did you mean 'geometric'"),
        ({"Aggregate": [odd17.Normalise()]}, "takes steps Aggregate"),
        ({"Treat": ["log_ct"]}, "Treat has no method"),
        ({"Treat.max_points": [-1]}, "whole number"),
        ({"Aggregate": ["geometric"], "Aggregate.method": ["geometric"]}, "vary the same thing"),
        ({"max_points": [1], "Treat.max_points": [1]}, "vary the same thing"),
    ],
)
def test_what_the_index_cannot_vary_is_refused(result: Result, choices: dict[str, object], message: str) -> None:
    with pytest.raises(UsageError, match=message):
        result.uncertainty(choices, n=5)


def test_a_field_alone_is_enough_where_one_step_has_it(result: Result) -> None:
    short = result.uncertainty({"max_points": [1, 5]}, n=20).ranks()
    assert short.equals(result.uncertainty({"Treat.max_points": [1, 5]}, n=20).ranks())


def test_sets_of_weights_are_alternatives_too(result: Result) -> None:
    heavy = {"i0": 50.0}
    ua = result.uncertainty({"weights": [{}, heavy]}, n=40)
    alone = odd17.Index(big_frame().with_weights(heavy), STEPS).fit(table(matrix(30, 12, 0.02)), unit="code")
    told = ua.ranks(level=0.98).with_columns(other=alone.ranks["Index"])
    assert (told["low"] == told.select(pl.min_horizontal("nominal", "other")).to_series()).all()
    assert (told["high"] == told.select(pl.max_horizontal("nominal", "other")).to_series()).all()


def test_bad_requests_are_refused(result: Result) -> None:
    ua = result.uncertainty({"weights": odd17.Noise(0.2)}, n=5)
    with pytest.raises(UsageError, match="Did you mean 'Index'"):
        ua.ranks(node="index")
    with pytest.raises(UsageError, match="between 0 and 1"):
        ua.ranks(level=90)
    with pytest.raises(UsageError, match="whole number above zero"):
        result.uncertainty({"weights": odd17.Noise(0.2)}, n=0)
    with pytest.raises(UsageError, match="at most 1"):
        odd17.Noise(1.5)


def test_a_choice_that_an_aggregation_cannot_take_is_refused_naming_unit_and_node(result: Result) -> None:
    with pytest.raises(DataError, match=r"geometric aggregation of node 'd\d'.*unit 'u"):
        result.uncertainty({"Normalise": ["zscore"], "Aggregate": ["geometric"]}, n=5)


@pytest.mark.parametrize("method", ["harmonic", "geometric"])
def test_negative_values_never_pass_for_a_mean_of_inverses(result: Result, method: str) -> None:
    with pytest.raises(DataError, match=f"{method} aggregation of node"):
        result.uncertainty({"Normalise": ["zscore"], "Aggregate": [odd17.Aggregate(at={"domain": method})]}, n=5)


def test_weights_that_lead_to_a_value_it_cannot_take_are_refused_too() -> None:
    x = matrix(30, 12, 0.0)
    steps = [odd17.Normalise("zscore", mean=0.9), odd17.Aggregate("arithmetic", at={"Index": "geometric"})]
    index = odd17.Index(big_frame(), steps)
    for mean in np.arange(0.3, 2.0, 0.01):
        index = odd17.Index(big_frame(), [odd17.Normalise("zscore", mean=float(mean)), steps[1]])
        try:
            result = index.fit(table(x), unit="code")
        except DataError:
            continue
        break
    with pytest.raises(DataError, match="node 'Index' takes no zero or negative"):
        result.uncertainty({"weights": odd17.Noise(1.0)}, n=300)


@given(
    st.lists(
        st.lists(st.one_of(st.sampled_from([0.0, -0.0, 1.0, float("nan")]), st.floats(-1, 1)), min_size=6, max_size=6),
        min_size=1,
        max_size=4,
    )
)
def test_ranks_of_a_block_are_those_of_each_row(rows: list[list[float]]) -> None:
    x = np.array(rows)
    np.testing.assert_array_equal(rank_block(x), np.nan_to_num([ranks(row) for row in x]))
    several = np.tile(x, (40, 600))  # more than are ranked in one call
    assert several.size > TOGETHER
    np.testing.assert_array_equal(rank_block(several), np.tile(rank_block(several[: len(x)]), (40, 1)))
    np.testing.assert_array_equal(
        rank_block(several[: len(x)]), np.nan_to_num([ranks(row) for row in several[: len(x)]])
    )


@pytest.mark.parametrize("spread", [1.0, 1e-9, 1e-13, 0.0])
def test_scores_that_differ_in_their_last_bits_are_ranked_exactly(spread: float) -> None:
    random = np.random.default_rng(1)
    x = np.concatenate([1.0 + spread * random.random(3000), [0.0, 2.0, np.nextafter(2.0, 3.0)]])[None]
    np.testing.assert_array_equal(rank_block(x)[0], ranks(x[0]))


def test_rows_longer_than_what_is_worked_on_at_once_are_ranked_exactly() -> None:
    random = np.random.default_rng(1)
    units = TOGETHER + 5000
    level = np.zeros(units)
    rough = random.integers(0, 50, units) / 7.0  # ties by the thousand
    fine = rough + 1e-15 * random.integers(0, 4, units)  # and neighbours that differ in their last bit
    gaps = np.where(random.random(units) < 0.1, np.nan, fine)
    x = np.array([level, rough, fine, gaps])
    exact = np.nan_to_num([ranks(row) for row in x])
    np.testing.assert_array_equal(rank_block(x), exact)
    np.testing.assert_array_equal(Ranker(4, units, 3).rank(x), np.ceil(exact / 3))


def test_replicates_that_pick_the_same_stand_together(result: Result) -> None:
    picks = [tuple(row) for row in result.uncertainty(CHOICES, n=50, seed=2).design.picks.tolist()]
    assert picks == sorted(picks)


def test_quantiles_leave_out_missing_replicates() -> None:
    store = RankStore(4, 3, highest=5)
    store.put(np.arange(4), np.array([[1, 0, 0], [2, 5, 0], [3, 4, 0], [4, 0, 0]], dtype=np.uint16))
    low, middle, high = store.quantiles(0.25, 0.75)
    assert low.tolist() == [1, 4, 0]
    assert middle.tolist() == [2, 4, 0]
    assert high.tolist() == [3, 5, 0]


def test_beyond_two_bytes_the_bounds_hold_the_rank() -> None:
    units = 200_000
    store = RankStore(1, units, highest=units)
    store.put(np.array([0]), Ranker(1, units, store.grain).rank(-np.arange(float(units))[None]))
    low, middle, high = store.quantiles(0.05, 0.95)
    assert store.grain == 4
    some = [0, 3, 4, units - 2, units - 1]
    assert low[some].tolist() == [1, 1, 5, 199_997, 199_997]
    assert middle[some].tolist() == [2, 2, 6, 199_998, 199_998]
    assert high[some].tolist() == [4, 4, 8, 200_000, 200_000]
