"""The table of estimates: its columns, its absences, its statuses and its intervals."""

from __future__ import annotations

import math

import numpy as np
import polars as pl
import pytest
from polars.testing import assert_frame_equal

from odd17 import Survey
from odd17.core.kernel import DataError, UsageError
from odd17.core.perceptions.disclosure import Thresholds

FIGURES = ["estimate", "se", "low", "high", "df", "deff", "n", "status"]
PEOPLE = pl.DataFrame(
    {
        "town": ["a"] * 40 + ["b"] * 20 + ["c"] * 5 + [None] * 5,
        "w": [1.0, 2.0, 3.0, 4.0, 5.0] * 14,
        "y": [float(number % 7) for number in range(70)],
        "ok": [number % 3 == 0 for number in range(70)],
        "said": [["no", "so", "yes"][number % 3] for number in range(70)],
        "gap": [None if number % 4 == 0 else float(number) for number in range(70)],
    }
)


@pytest.fixture
def survey() -> Survey:
    return Survey(PEOPLE, weights="w")


def test_columns(survey: Survey) -> None:
    assert survey.mean("y").columns == FIGURES
    assert survey.mean("y", by="town").columns == ["town", *FIGURES]
    assert survey.mean(["y", "ok"], by=["town"]).columns == ["town", "variable", *FIGURES]
    assert survey.proportion("said", by=["town", "ok"]).columns == ["town", "ok", "level", *FIGURES]
    assert survey.quantile("y", [0.5]).columns == ["level", *FIGURES]


def test_cells_then_variables_then_levels(survey: Survey) -> None:
    table = survey.proportion(["said", "ok"], by="town")
    assert table["town"].to_list()[:4] == ["a"] * 4
    assert table["variable"].to_list()[:4] == ["said", "said", "said", "ok"]
    assert table["level"].to_list()[:4] == ["no", "so", "yes", "True"]
    assert table.height == 12


def test_a_null_in_by_is_in_no_cell(survey: Survey) -> None:
    assert survey.mean("y", by="town")["town"].to_list() == ["a", "b", "c"]


def test_a_null_value_is_no_answer(survey: Survey) -> None:
    inside = survey.where(pl.col("gap").is_not_null()).mean("gap")
    assert survey.mean("gap").equals(inside)
    assert inside["n"].item() == 52


def test_missing_answers_in_clusters_count_the_units_that_answered() -> None:
    table = PEOPLE.head(40).with_columns(
        psu=pl.int_range(40) // 4, gone=pl.when(pl.int_range(40) >= 12).then(pl.col("y"))
    )
    row = Survey(table, weights="w", psu="psu").mean("gone").row(0, named=True)
    assert (row["df"], row["n"]) == (6, 28)


def test_cells_are_domains(survey: Survey) -> None:
    for work in (
        lambda one, by=(): one.mean(["y", "gap"], by=by),
        lambda one, by=(): one.total("y", by=by),
        lambda one, by=(): one.ratio("gap", "y", by=by),
        lambda one, by=(): one.quantile("y", [0.25, 0.5], by=by),
        lambda one, by=(): one.proportion(["said", "ok"], by=by, ci="beta"),
    ):
        together = work(survey, "town")
        for town in "abc":
            alone = work(survey.where(pl.col("town") == town))
            assert_frame_equal(together.filter(pl.col("town") == town).drop("town"), alone)


def test_domains_within_domains(survey: Survey) -> None:
    twice = survey.where(pl.col("town") == "a").where(pl.col("ok"))
    assert twice.mean("y").equals(survey.where((pl.col("town") == "a") & pl.col("ok")).mean("y"))


def test_a_weight_of_zero_does_not_count() -> None:
    table = PEOPLE.with_columns(w=pl.when(pl.col("town") == "a").then(0.0).otherwise(pl.col("w")))
    row = Survey(table, weights="w").mean("y").row(0, named=True)
    assert (row["n"], row["df"]) == (30, 29)


def test_shares_of_booleans_are_of_true(survey: Survey) -> None:
    table = survey.proportion("ok")
    assert table["level"].to_list() == [True]
    assert table["estimate"].item() == survey.mean("ok")["estimate"].item()


def test_a_category_that_a_cell_lacks_is_a_zero(survey: Survey) -> None:
    table = PEOPLE.with_columns(said=pl.when(pl.col("town") == "b").then(pl.lit("yes")).otherwise(pl.col("said")))
    found = Survey(table, weights="w").proportion("said", by="town").filter(town="b", level="no")
    assert found["estimate"].item() == 0.0
    assert found["status"].item() == "U"


@pytest.mark.parametrize("kind", [pl.Categorical, pl.Enum(["no", "so", "yes"])])
def test_categories_of_any_kind(survey: Survey, kind: pl.DataType) -> None:
    table = PEOPLE.with_columns(pl.col("said").cast(kind))
    assert Survey(table, weights="w").proportion("said").equals(survey.proportion("said"))


def test_statuses_by_number_of_respondents(survey: Survey) -> None:
    assert survey.mean("y", by="town").select("town", "status").rows() == [("a", "A"), ("b", "U"), ("c", "Q")]
    strict = Survey(PEOPLE, weights="w", thresholds=Thresholds(flagged=50, withheld=25))
    assert strict.mean("y", by="town")["status"].to_list() == ["U", "Q", "Q"]


@pytest.mark.parametrize(("n", "status"), [(9, "Q"), (10, "U"), (29, "U"), (30, "A")])
def test_statuses_at_their_bounds(n: int, status: str) -> None:
    assert Survey(PEOPLE.head(n), weights="w").mean("y")["status"].item() == status


def test_thresholds_the_wrong_way_round() -> None:
    with pytest.raises(UsageError, match="fewer respondents"):
        Thresholds(flagged=5, withheld=10)


def test_nobody_answered() -> None:
    table = PEOPLE.with_columns(gap=pl.when(pl.col("town") == "a").then(pl.col("gap")))
    row = Survey(table, weights="w").mean("gap", by="town").filter(town="b").row(0)
    assert row == ("b", None, None, None, None, 0, None, 0, "O")
    assert Survey(table, weights="w").total("gap", by="town").filter(town="b")["estimate"].item() is None


def test_a_single_respondent_has_no_interval() -> None:
    table = pl.DataFrame({"w": [1.0, 1.0], "t": ["a", "b"], "y": [1.0, 2.0]})
    row = Survey(table, weights="w").mean("y", by="t").row(0, named=True)
    assert row["estimate"] == 1.0
    assert (row["low"], row["high"], row["df"]) == (None, None, 0)


def test_wilson_by_hand() -> None:
    table = pl.DataFrame({"w": [1.0] * 50, "ok": [True] * 10 + [False] * 40})
    row = Survey(table, weights="w").proportion("ok", ci="wilson").row(0, named=True)
    t, n, p = 2.009575237129235, 49.0, 0.2  # p (1 - p) / V is n - 1 here; t of 49 degrees of freedom
    middle, half = p + t * t / (2 * n), t * math.sqrt(p * (1 - p) / n + t * t / (4 * n * n))
    assert row["low"] == pytest.approx((middle - half) / (1 + t * t / n), abs=1e-12)
    assert row["high"] == pytest.approx((middle + half) / (1 + t * t / n), abs=1e-12)


def test_a_share_of_none_has_a_beta_interval_all_the_same() -> None:
    table = pl.DataFrame({"w": [1.0] * 50, "ok": [False] * 50})
    survey = Survey(table, weights="w")
    row = survey.proportion("ok", ci="beta").row(0, named=True)
    assert row["low"] == 0.0
    assert row["high"] == pytest.approx(1 - 0.025 ** (1 / 50))  # Clopper and Pearson
    assert row["status"] == "A"
    assert survey.proportion("ok", ci="wilson")["high"].item() > 0.05
    assert survey.proportion("ok", ci="logit").select("low", "high", "status").row(0) == (0.0, 0.0, "U")


def test_confidence_widens(survey: Survey) -> None:
    for ci in ("logit", "beta", "wald", "wilson"):
        narrow, wide = (survey.proportion("ok", ci=ci, confidence=level).row(0, named=True) for level in (0.8, 0.99))
        assert wide["low"] < narrow["low"] < narrow["estimate"] < narrow["high"] < wide["high"]


def test_one_quantile_needs_no_list(survey: Survey) -> None:
    assert survey.quantile("y", 0.5).equals(survey.quantile("y", [0.5]))


def test_quantiles_by_hand() -> None:
    table = pl.DataFrame({"w": [1.0, 1.0, 2.0, 4.0], "y": [10.0, 20.0, 30.0, 40.0]})
    found = Survey(table, weights="w").quantile("y", [0, 0.125, 0.2, 0.5, 0.51, 1])
    assert found["estimate"].to_list() == [10.0, 10.0, 20.0, 30.0, 40.0, 40.0]
    assert found["level"].to_list() == [0, 0.125, 0.2, 0.5, 0.51, 1]


def test_a_bound_off_the_sample_is_null(survey: Survey) -> None:
    row = survey.quantile("gap", [0.96]).row(0, named=True)
    assert row["high"] is None
    assert row["se"] is None


def test_relative_weights_have_a_design_effect() -> None:
    table = PEOPLE.with_columns(w=pl.col("w") / 100)
    row = Survey(table, weights="w").mean("y").row(0, named=True)
    w = table["w"].to_numpy()
    assert row["deff"] == pytest.approx(len(w) * (w**2).sum() / w.sum() ** 2, rel=0.3)  # Kish


@pytest.mark.parametrize(
    ("work", "told"),
    [
        (lambda survey: survey.mean("yy"), "Did you mean 'y'"),
        (lambda survey: survey.proportion("sed"), "Did you mean 'said'"),
        (lambda survey: survey.mean("y", by="tovn"), "Did you mean 'town'"),
        (lambda survey: survey.mean("y", by=["town", "town"]), "once"),
        (lambda survey: survey.mean("y", by="level"), "one of the result"),
        (lambda survey: survey.where(pl.col("tovn") == "a"), "Did you mean 'town'"),
        (lambda survey: survey.where(pl.col("y")), "condition"),
        (lambda survey: survey.where(pl.col("y").sum() > 1), "condition"),
        (lambda survey: survey.proportion("said", ci="wold"), "Did you mean 'wald'"),
        (lambda survey: survey.mean("y", confidence=95), "between 0 and 1"),
        (lambda survey: survey.quantile("y", [50]), "between 0 and 1"),
        (lambda survey: survey.quantile("y", []), "between 0 and 1"),
    ],
)
def test_requests_that_make_no_sense(survey: Survey, work: object, told: str) -> None:
    with pytest.raises(UsageError, match=told):
        work(survey)  # type: ignore[operator]


def test_a_share_of_too_many_categories() -> None:
    table = pl.DataFrame({"w": np.ones(600), "y": np.arange(600)})
    with pytest.raises(UsageError, match="600 values"):
        Survey(table, weights="w").proportion("y")


def test_a_mean_of_text(survey: Survey) -> None:
    with pytest.raises(DataError, match="not a column of numbers"):
        survey.mean("said")


def test_infinite_values_name_their_row() -> None:
    table = PEOPLE.with_columns(y=pl.when(pl.int_range(70) == 3).then(float("inf")).otherwise(pl.col("y")))
    with pytest.raises(DataError, match="infinite") as caught:
        Survey(table, weights="w").mean("y")
    assert caught.value.row == 4


def test_a_domain_without_anybody(survey: Survey) -> None:
    with pytest.raises(DataError, match="no respondent"):
        survey.where(pl.col("town") == "z").mean("y")
