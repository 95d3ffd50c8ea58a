from __future__ import annotations

import json

import numpy as np
import polars as pl
import pytest

import odd17
from odd17.core.indicators.frame import Frame
from odd17.core.indicators.index import Index
from odd17.core.indicators.result import Result
from odd17.core.kernel import DataError, UsageError

STEPS = [odd17.Normalise("minmax"), odd17.Aggregate("arithmetic")]


@pytest.fixture
def result(frame: Frame, values: pl.DataFrame) -> Result:
    return Index(frame, STEPS).fit(values, unit="code")


def test_scores_are_weighted_means_renormalised_over_what_is_present(result: Result) -> None:
    scores = result.scores
    assert scores.columns == ["unit", "Index", "empty", "home", "work", "a", "b", "c", "d"]
    # u3: b is missing, so work is a alone; u1: b is turned (9 is its worst)
    assert scores["work"].to_list() == [0.0, 25.0, 50.0, 75.0, 100.0]
    assert scores["home"].to_list() == pytest.approx([0.0, 50 / 6, 75.0, 200 / 3, 425 / 6])
    assert scores["empty"].null_count() == 5
    assert scores["Index"].to_list() == pytest.approx([0.0, 50 / 3, 62.5, 425 / 6, 1025 / 12])


def test_ranks_put_the_highest_first_and_ties_share_the_smallest(frame: Frame, values: pl.DataFrame) -> None:
    tied = values.with_columns(a=pl.lit(1.0), b=pl.Series([1.0, 1.0, 2.0, 3.0, None]))
    ranks = Index(frame, STEPS).fit(tied, unit="code").ranks
    assert ranks["work"].to_list() == [1, 1, 3, 4, None]  # a is constant, so u5 has nothing left
    assert ranks["Index"].dtype == pl.Int32
    assert ranks["empty"].null_count() == 5


def test_a_node_with_too_little_below_is_refused_and_says_how_much_there_was(
    frame: Frame, values: pl.DataFrame
) -> None:
    result = Index(frame, [odd17.Normalise("minmax"), odd17.Aggregate(min_available=0.66)]).fit(values, unit="code")
    assert result.scores["work"].is_null().to_list() == [False, False, True, False, False]
    assert result.scores["home"].is_null().to_list() == [False, True, False, False, False]
    # two of three domains are enough, and a refused domain counts as missing
    assert result.scores["Index"].is_null().to_list() == [False, True, True, False, False]
    of_root = result.availability.filter(pl.col("node") == "Index")
    assert of_root["available"].to_list() == [2, 1, 1, 2, 2]
    assert of_root["total"].unique().to_list() == [3]
    assert result.availability.filter(pl.col("node") == "empty")["total"].unique().to_list() == [0]


def test_a_share_that_is_exactly_met_is_enough() -> None:
    codes = [f"i{number}" for number in range(5)]
    frame = Frame.from_table(
        pl.DataFrame(
            {"code": [*codes, "Index"], "parent": ["Index"] * 5 + [None], "weight": [1.0] * 6, "direction": [1] * 6}
        )
    )
    table = pl.DataFrame({"code": ["u", "v", "w"], **{code: [1.0, 2.0, 4.0] for code in codes}})
    table = table.with_columns(i0=pl.Series([None, 2.0, 4.0]))
    result = Index(frame, [odd17.Normalise("rank"), odd17.Aggregate(min_available=0.8)]).fit(table, unit="code")
    assert result.scores["Index"].to_list() == pytest.approx([1.0, 1.8, 2.8])


def test_every_stage_can_be_had(result: Result, values: pl.DataFrame) -> None:
    assert result.stages == ("raw", "normalised", "aggregated")
    assert result.table("raw").drop("unit").equals(values.select("a", "b", "c", "d"))
    assert result.table("normalised")["b"].to_list() == [0.0, 25.0, None, 75.0, 100.0]
    assert result.table("aggregated").equals(result.scores)
    with pytest.raises(UsageError, match="Did you mean 'normalised'"):
        result.table("normalized")


def test_an_explanation_adds_up_to_the_score(result: Result) -> None:
    told = result.explain("u4")
    assert told.columns == ["indicator", "raw", "normalised", "contribution"]
    score = result.scores.filter(pl.col("unit") == "u4")["Index"].item()
    assert told["contribution"].sum() == pytest.approx(score)
    assert told.filter(pl.col("indicator") == "b")["contribution"].item() == pytest.approx(75 * 3 / 4 / 2)
    with pytest.raises(UsageError, match="Did you mean"):
        result.explain("u44")


def test_an_explanation_of_a_score_of_zero_gives_nothing_to_each(result: Result) -> None:
    assert result.explain("u1")["contribution"].to_list() == [0.0] * 4


def test_the_log_is_json_and_replays_to_an_equal_result(result: Result, values: pl.DataFrame) -> None:
    text = json.dumps(result.log, allow_nan=False)
    again = odd17.replay(json.loads(text), values)
    assert (again == result) is True
    assert (odd17.replay(text, values, tables={}) == result) is True
    assert json.loads(text)["versions"]["odd17"]
    assert again.log == result.log


def test_a_result_differs_by_one_bit_one_gap_or_one_choice(frame: Frame, result: Result, values: pl.DataFrame) -> None:
    nudged = values.with_columns(a=pl.Series([1.0, 2.0, float(np.nextafter(3.0, 4.0)), 4.0, 5.0]))
    assert (odd17.replay(result.log, nudged) == result) is False
    gap = values.with_columns(a=pl.Series([1.0, 2.0, None, 4.0, 5.0]))
    assert (odd17.replay(result.log, gap) == result) is False
    other = Index(frame, [odd17.Normalise("minmax", low=1, high=100), odd17.Aggregate()]).fit(values, unit="code")
    assert (other == result) is False
    assert (result == 1) is False


def test_a_log_of_another_shape_is_refused(result: Result, values: pl.DataFrame) -> None:
    with pytest.raises(UsageError, match="shape"):
        odd17.replay(result.log | {"schema": 99}, values)


@pytest.mark.parametrize("log", ["{", "[]", "17"])
def test_what_is_no_log_is_refused(log: str, values: pl.DataFrame) -> None:
    with pytest.raises(UsageError, match="not the JSON of a method log"):
        odd17.replay(log, values)


def test_a_log_that_lost_a_part_says_which(result: Result, values: pl.DataFrame) -> None:
    with pytest.raises(UsageError, match="lacks steps, unit"):
        odd17.replay({name: part for name, part in result.log.items() if name not in ("steps", "unit")}, values)


def test_a_misspelt_indicator_is_answered_with_the_near_name(frame: Frame, values: pl.DataFrame) -> None:
    named = Frame.from_table(
        pl.DataFrame({"code": ["poverty", "Index"], "parent": ["Index", None], "weight": 1.0, "direction": 1})
    )
    with pytest.raises(DataError, match=r"column 'poverty': no such column.*the nearest is 'povertey'"):
        Index(named, [odd17.Normalise("minmax"), odd17.Aggregate()]).fit(values.rename({"a": "povertey"}), unit="code")


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (pl.col("a").cast(pl.String), "not a column of numbers"),
        (pl.lit(float("inf")).alias("a"), "infinite value for unit 'u1'"),
        (pl.lit("u1").alias("code"), "unit given twice"),
        (pl.lit(None).alias("code"), "not the name of a unit"),
        (pl.lit(1.5).alias("code"), "not the name of a unit"),
    ],
)
def test_values_that_cannot_be_read_are_refused(
    frame: Frame, values: pl.DataFrame, change: pl.Expr, message: str
) -> None:
    with pytest.raises(DataError, match=message):
        Index(frame, STEPS).fit(values.with_columns(change), unit="code")


def test_an_absent_column_and_a_table_that_is_none_are_refused(frame: Frame, values: pl.DataFrame) -> None:
    with pytest.raises(DataError, match="'a'"):
        Index(frame, STEPS).fit(values.drop("a"), unit="code")
    with pytest.raises(DataError, match="not a dataframe"):
        Index(frame, STEPS).fit([1, 2], unit="code")
    with pytest.raises(UsageError, match="Did you mean 'code'"):
        Index(frame, STEPS).fit(values, unit="cod")


@pytest.mark.parametrize(
    ("steps", "message"),
    [
        ([], "last step is Aggregate"),
        ([odd17.Normalise()], "last step is Aggregate"),
        ([odd17.Aggregate(), odd17.Normalise()], "comes before"),
        ([odd17.Normalise(), odd17.Normalise(), odd17.Aggregate()], "twice"),
        ([odd17.Aggregate()], "direction -1"),
        (["minmax", odd17.Aggregate()], "not a step"),
        ([odd17.Normalise(), odd17.Aggregate(at={"Indx": "arithmetic"})], "Did you mean 'Index'"),
    ],
)
def test_steps_that_do_not_fit_together_are_refused(frame: Frame, steps: list[object], message: str) -> None:
    with pytest.raises(UsageError, match=message):
        Index(frame, steps)  # type: ignore[arg-type]


def test_columns_that_say_nothing_come_out_missing(frame: Frame, values: pl.DataFrame) -> None:
    table = values.with_columns(a=pl.lit(7.0), b=pl.lit(None))
    result = Index(frame, STEPS).fit(table, unit="code")
    assert result.scores["work"].null_count() == 5
    assert result.log["steps"][0]["did"] == {"undefined": ["a"]}
    assert result.scores["Index"].to_list() == result.scores["home"].to_list()


def test_a_single_unit_has_no_score_under_minmax(frame: Frame, values: pl.DataFrame) -> None:
    result = Index(frame, STEPS).fit(values.head(1), unit="code")
    assert result.scores["Index"].to_list() == [None]
    assert result.ranks["Index"].to_list() == [None]


def test_no_unit_at_all_gives_empty_tables(frame: Frame, values: pl.DataFrame) -> None:
    result = Index(frame, STEPS).fit(values.clear(), unit="code")
    assert result.scores.shape == (0, 9)
    assert result.availability.is_empty()


def test_a_value_too_large_to_work_with_is_named(frame: Frame, values: pl.DataFrame) -> None:
    table = values.with_columns(a=pl.Series([-1.7e308, 1.7e307, 0.0, 0.0, 0.0]))
    with pytest.raises(DataError, match="too large to work with for unit 'u1'"):
        Index(frame, STEPS).fit(table, unit="code")


def test_what_lies_below_a_refused_node_brings_nothing(frame: Frame, values: pl.DataFrame) -> None:
    filled = Frame(tuple(node for node in frame.nodes if node.code != "empty"))
    index = Index(filled, [odd17.Normalise("minmax"), odd17.Aggregate(min_available=0.6)])
    assert index.fit(values, unit="code").explain("u3")["contribution"].null_count() == 4  # the root is refused
    index = Index(filled, [odd17.Normalise("minmax"), odd17.Aggregate(min_available=0.5)])
    nothing = values.with_columns(a=pl.Series([1.0, 2.0, None, 4.0, 5.0]))
    told = index.fit(nothing, unit="code").explain("u3")
    assert told["contribution"].to_list() == pytest.approx([0.0, 0.0, 50.0, 25.0])
