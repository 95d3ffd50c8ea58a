"""Weights brought to totals: exactly, in the variance too, and with plain words where that cannot be."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest

from odd17 import Survey
from odd17.core.kernel import DataError, UsageError

PEOPLE = pl.DataFrame(
    {
        "sex": ["f", "f", "f", "m", "m", "m", "m", "f"],
        "age": [1, 2, 1, 2, 1, 2, 1, 2],
        "w": [1.0, 2.0, 3.0, 1.0, 2.0, 2.0, 1.0, 1.0],
        "y": [3.0, 1.0, 4.0, 1.0, 5.0, 9.0, 2.0, 6.0],
        "x": [1.0, 2.0, 2.0, 3.0, 1.0, 4.0, 2.0, 1.0],
    }
)
SEX, AGE = {"sex": {"f": 60.0, "m": 40.0}}, {"age": {1: 30.0, 2: 70.0}}


@pytest.fixture
def survey() -> Survey:
    return Survey(PEOPLE, weights="w")


def totals(survey: Survey, column: str) -> dict[object, float]:
    table = survey.frame.select(column, w=pl.Series(survey.weights))
    return dict(table.group_by(column).agg(pl.col("w").sum()).iter_rows())


def test_raked_weights_hold_every_margin(survey: Survey) -> None:
    raked = survey.rake({**SEX, **AGE})
    assert totals(raked, "sex") == pytest.approx(SEX["sex"])
    assert totals(raked, "age") == pytest.approx(AGE["age"])


def test_what_was_calibrated_to_has_no_uncertainty_left(survey: Survey) -> None:
    both = PEOPLE.with_columns(f=(pl.col("sex") == "f").cast(pl.Float64))
    raked = Survey(both, weights="w").rake({**SEX, **AGE})
    row = raked.total("f").row(0, named=True)
    assert row["estimate"] == pytest.approx(60)
    assert row["se"] == pytest.approx(0, abs=1e-9)
    shares = raked.proportion("age", ci="wald")
    assert shares["estimate"].to_list() == pytest.approx([0.3, 0.7])
    assert shares["se"].to_list() == pytest.approx([0, 0], abs=1e-9)


def test_the_variance_of_a_poststratified_total_by_hand() -> None:
    # equal weights: the residuals of y around its mean in each post-stratum, as in the textbook formula
    table = PEOPLE.with_columns(w=pl.lit(12.5))
    row = Survey(table, weights="w").poststratify(SEX).total("y").row(0, named=True)
    y, f = PEOPLE["y"].to_numpy(), (PEOPLE["sex"] == "f").to_numpy()
    e = np.where(f, 15.0 * (y - y[f].mean()), 10.0 * (y - y[~f].mean()))
    assert row["estimate"] == pytest.approx(60 * y[f].mean() + 40 * y[~f].mean())
    assert row["se"] == pytest.approx(np.sqrt(8 / 7 * ((e - e.mean()) ** 2).sum()))


def test_the_domain_of_a_calibrated_survey_by_hand() -> None:
    table = PEOPLE.with_columns(w=pl.lit(12.5))
    row = Survey(table, weights="w").poststratify(SEX).where(pl.col("age") == 1).mean("y").row(0, named=True)
    y, f, inside = PEOPLE["y"].to_numpy(), (PEOPLE["sex"] == "f").to_numpy(), (PEOPLE["age"] == 1).to_numpy()
    w = np.where(f, 15.0, 10.0)
    z = np.where(inside, (y - (w * y)[inside].sum() / w[inside].sum()) / w[inside].sum(), 0.0)
    e = w * (z - np.where(f, z[f].mean(), z[~f].mean()))
    assert row["se"] == pytest.approx(np.sqrt(8 / 7 * ((e - e.mean()) ** 2).sum()))


def test_a_step_after_another_leaves_nothing_of_either(survey: Survey) -> None:
    twice = survey.poststratify(SEX).calibrate({"x": 250.0}, population=100.0)
    row = twice.total("x").row(0, named=True)
    assert row["estimate"] == pytest.approx(250)
    assert row["se"] == pytest.approx(0, abs=1e-9)


def test_crossed_columns_are_one_margin(survey: Survey) -> None:
    wanted = {("f", 1): 10.0, ("f", 2): 20.0, ("m", 1): 30.0, ("m", 2): 40.0}
    found = survey.poststratify({("sex", "age"): wanted})
    table = PEOPLE.select("sex", "age", w=pl.Series(found.weights)).group_by("sex", "age").agg(pl.col("w").sum())
    assert {(sex, age): w for sex, age, w in table.iter_rows()} == pytest.approx(wanted)


@pytest.mark.parametrize(("method", "bounds"), [("linear", None), ("raking", None), ("logit", (0.2, 4.0))])
def test_each_method_holds_margins_and_sums(survey: Survey, method: str, bounds: tuple[float, float] | None) -> None:
    scaled = survey.rake({"sex": {"f": 60.0, "m": 40.0}})
    found = scaled.calibrate({**AGE, "x": 210.0}, method=method, bounds=bounds)
    assert totals(found, "age") == pytest.approx(AGE["age"])
    assert float(found.weights @ PEOPLE["x"].to_numpy()) == pytest.approx(210)


@pytest.mark.parametrize("method", ["linear", "raking", "logit"])
def test_bounds_hold(survey: Survey, method: str) -> None:
    scaled = survey.rake(SEX)
    found = scaled.calibrate(AGE, method=method, bounds=(0.4, 1.6))
    assert totals(found, "age") == pytest.approx(AGE["age"])
    ratio = found.weights / scaled.weights
    assert ratio.min() >= 0.4 - 1e-9
    assert ratio.max() <= 1.6 + 1e-9


def test_raking_within_bounds_is_calibration(survey: Survey) -> None:
    scaled = survey.rake(SEX)
    bounded = scaled.rake({**SEX, **AGE}, bounds=(0.1, 10.0))
    np.testing.assert_allclose(bounded.weights, scaled.rake({**SEX, **AGE}).weights, rtol=1e-7)


def test_bounds_that_are_too_narrow_name_the_total(survey: Survey) -> None:
    with pytest.raises(DataError, match=r"within these bounds.*'age' = "):
        survey.rake(SEX).calibrate(AGE, bounds=(0.95, 1.05))


def test_the_trimmed_keep_their_sum(survey: Survey) -> None:
    trimmed = survey.trim(1.5, 2.5)
    assert trimmed.weights.sum() == pytest.approx(13)
    assert trimmed.weights.min() >= 1.5
    assert trimmed.weights.max() <= 2.5


def test_trimming_to_what_cannot_be(survey: Survey) -> None:
    with pytest.raises(DataError, match="cannot keep the sum"):
        survey.trim(2.0, 3.0)
    with pytest.raises(UsageError, match="cannot be held"):
        survey.trim(3.0, 2.0)


def test_the_survey_before_is_left_as_it_was(survey: Survey) -> None:
    before = survey.mean("y")
    survey.rake({**SEX, **AGE}).mean("y")
    assert survey.mean("y").equals(before)


def test_a_stratum_unknown_to_the_margins(survey: Survey) -> None:
    with pytest.raises(DataError, match="no total for this category") as caught:
        survey.rake({"sex": {"f": 60.0}})
    assert (caught.value.column, caught.value.value, caught.value.row) == ("sex", "m", 4)


def test_a_category_that_nobody_is(survey: Survey) -> None:
    with pytest.raises(DataError, match=r"no respondent.*'female'.*Did you mean 'f'|no respondent.*'ff'"):
        survey.rake({"sex": {"ff": 60.0, "m": 40.0, "f": 10.0}})


def test_a_category_that_nobody_is_may_have_a_total_of_zero(survey: Survey) -> None:
    assert totals(survey.rake({"sex": {"f": 60.0, "m": 40.0, "x": 0.0}}), "sex") == pytest.approx(SEX["sex"])


def test_a_category_with_a_near_name(survey: Survey) -> None:
    with pytest.raises(DataError, match=r"in the population\. Remedy: correct its name \(the nearest is 'f'\)"):
        survey.rake({"sex": {"F": 0.0, "f'": 60.0, "m": 40.0, "f": 10.0}})


def test_totals_that_are_no_mapping(survey: Survey) -> None:
    with pytest.raises(UsageError, match="totals of sex are given by category"):
        survey.rake({"sex": [60.0, 40.0]})


def test_margins_that_disagree_in_total(survey: Survey) -> None:
    with pytest.raises(DataError, match=r"disagree.*'sex' adds up to 100, 'age' to 101"):
        survey.rake({**SEX, "age": {1: 31.0, 2: 70.0}})


def test_raking_that_cannot_converge_names_the_margin() -> None:
    # all women are young and all men old, yet the margins say otherwise
    table = pl.DataFrame({"sex": ["f", "f", "m"], "age": [1, 1, 2], "w": [1.0, 1.0, 1.0]})
    with pytest.raises(DataError, match=r"does not converge.*'(age|sex)' = "):
        Survey(table, weights="w").rake({**SEX, **AGE})


@pytest.mark.parametrize("total", [-1.0, float("nan"), float("inf")])
def test_a_total_that_is_no_count(survey: Survey, total: float) -> None:
    with pytest.raises(DataError, match="not a count"):
        survey.rake({"sex": {"f": total, "m": 40.0}})


def test_a_respondent_without_a_category_is_named() -> None:
    table = PEOPLE.with_columns(sex=pl.Series(["f", None, "f", "m", "m", "m", "m", "f"]))
    with pytest.raises(DataError, match="no category") as caught:
        Survey(table, weights="w").rake(SEX)
    assert caught.value.row == 2


def test_a_respondent_without_a_value_is_named() -> None:
    table = PEOPLE.with_columns(x=pl.Series([1.0, None, 2.0, 3.0, 1.0, 4.0, 2.0, 1.0]))
    with pytest.raises(DataError, match="no value to calibrate on") as caught:
        Survey(table, weights="w").calibrate({"x": 20.0})
    assert caught.value.row == 2


def test_margins_of_an_unknown_column(survey: Survey) -> None:
    with pytest.raises(UsageError, match="Did you mean 'sex'"):
        survey.rake({"sexe": {"f": 60.0, "m": 40.0}})


@pytest.mark.parametrize(
    ("work", "told"),
    [
        (lambda survey: survey.rake({}), "no margin"),
        (lambda survey: survey.calibrate({}), "no total"),
        (lambda survey: survey.poststratify({**SEX, **AGE}), "one margin"),
        (lambda survey: survey.calibrate(SEX, method="lineer"), "Did you mean 'linear'"),
        (lambda survey: survey.calibrate(SEX, method="logit"), "needs bounds"),
        (lambda survey: survey.calibrate(SEX, bounds=(1.2, 2.0)), "either side of 1"),
        (lambda survey: survey.rake({"sex": {"f": 0.0, "m": 0.0}}), "add up to nothing"),
    ],
)
def test_requests_that_make_no_sense(survey: Survey, work: object, told: str) -> None:
    with pytest.raises((UsageError, DataError), match=told):
        work(survey)  # type: ignore[operator]


def test_a_weight_below_zero_counts() -> None:
    survey = Survey(PEOPLE, weights="w").calibrate({"x": 6.0}, population=8.0)
    assert survey.weights.min() < 0
    assert survey.mean("x").select("estimate", "n").row(0) == pytest.approx((0.75, 8))
    assert survey.trim(0.0, 4.0).weights.min() == 0


@pytest.mark.parametrize("method", ["linear", "raking", "logit"])
def test_weights_within_bounds_are_found_wherever_they_exist(method: str) -> None:
    random = np.random.default_rng(0)
    for _ in range(300):
        table = pl.DataFrame({"w": random.gamma(4, 3, 30), "x": random.gamma(1, 2, 30), "z": random.normal(0, 1, 30)})
        known = table["w"].to_numpy() * np.clip(np.exp(random.normal(0, 1, 30)), 0.12, 3.9)
        totals = {name: float(known @ table[name].to_numpy()) for name in ("x", "z")}
        found = Survey(table, weights="w").calibrate(
            totals, method=method, bounds=(0.1, 4.0), population=float(known.sum())
        )
        for name, total in totals.items():
            assert float(found.weights @ table[name].to_numpy()) == pytest.approx(total, rel=1e-8, abs=1e-8)


LONELY = pl.DataFrame({"h": ["a", "a", "a", "b", "c", "c"], "y": [1.0, 3.0, 4.0, 5.0, 2.0, 7.0], "s": [*"ffmmfm"]})


@pytest.mark.parametrize("choice", ["certainty", "adjust", "average"])
def test_a_single_unit_in_a_calibrated_survey_by_hand(choice: str) -> None:
    table = LONELY.with_columns(w=pl.lit(10.0))
    survey = Survey(table, weights="w", strata="h", lonely_psu=choice).poststratify({"s": {"f": 40.0, "m": 20.0}})
    y, f, h = table["y"].to_numpy(), (table["s"] == "f").to_numpy(), table["h"].to_numpy()
    w = np.where(f, 40 / 3, 20 / 3)
    z = (y - (w * y).sum() / 60) / 60
    e = w * (z - np.where(f, z[f].mean(), z[~f].mean()))
    parts = {at: sum(h == at) / (sum(h == at) - 1) * ((e[h == at] - e[h == at].mean()) ** 2).sum() for at in "ac"}
    variance = sum(parts.values())
    variance = {"certainty": variance, "adjust": variance + e[h == "b"][0] ** 2, "average": variance * 3 / 2}[choice]
    assert survey.mean("y")["se"].item() == pytest.approx(np.sqrt(variance))
