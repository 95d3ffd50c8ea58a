"""Replicates made from a design, and given in columns."""

from __future__ import annotations

import math

import numpy as np
import polars as pl
import pytest
from polars.testing import assert_frame_equal

from odd17 import ReplicateSurvey, Survey
from odd17.core.kernel import DataError, UsageError


@pytest.fixture(scope="module")
def people() -> pl.DataFrame:
    random = np.random.default_rng(5)
    return pl.DataFrame(
        {
            "h": np.repeat(["a", "b", "c"], [40, 60, 20]),
            "psu": np.concatenate([np.arange(40) // 5, np.arange(60) // 6, np.arange(20) // 4]),
            "w": random.gamma(5.0, 2.0, 120),
            "y": random.normal(20.0, 4.0, 120),
            "sex": random.choice(["f", "m"], 120),
            "pop": np.repeat([16, 40, 8], [40, 60, 20]),
        }
    )


@pytest.mark.parametrize("fpc", [None, "pop"])
def test_the_jackknife_of_a_total_is_its_linearisation(people: pl.DataFrame, fpc: str | None) -> None:
    survey = Survey(people, weights="w", strata="h", psu="psu", fpc=fpc)
    exact, jackknife = (one.total("y").drop("status").row(0, named=True) for one in (survey, survey.replicates("JKn")))
    assert jackknife == pytest.approx(exact, rel=1e-12)


def test_jk1_is_jkn_without_strata(people: pl.DataFrame) -> None:
    survey = Survey(people, weights="w", psu="psu", fpc=None)
    assert survey.replicates("JK1").mean("y").row(0)[:4] == pytest.approx(survey.replicates("JKn").mean("y").row(0)[:4])
    with pytest.raises(UsageError, match="choose JKn"):
        Survey(people, weights="w", strata="h").replicates("JK1")


def test_the_scales_of_the_reference_jackknife(surveys: dict[str, Survey | ReplicateSurvey]) -> None:
    strat, clusters = surveys["apistrat_fpc"], surveys["apiclus1_fpc"]
    assert isinstance(strat, Survey)
    assert isinstance(clusters, Survey)
    made, given = strat.replicates("JKn").replication, surveys["apistrat_JKn"].replication
    np.testing.assert_allclose(sorted(made.rscales), sorted(given.rscales), rtol=1e-12)
    assert (made.scale, made.centre) == (given.scale, given.centre) == (1.0, "mean")
    assert clusters.replicates("JK1").replication.scale == pytest.approx(0.91483927785116681, rel=1e-12)


def test_a_bootstrap_of_its_seed(people: pl.DataFrame) -> None:
    survey = Survey(people, weights="w", strata="h", psu="psu")
    first, again, other = (survey.replicates("bootstrap", n=50, seed=seed) for seed in (1, 1, 2))
    assert first.mean("y").equals(again.mean("y"))
    assert not first.mean("y").equals(other.mean("y"))


@pytest.mark.parametrize("fpc", [None, "pop"])
def test_a_bootstrap_comes_near_the_linearisation(people: pl.DataFrame, fpc: str | None) -> None:
    survey = Survey(people, weights="w", strata="h", psu="psu", fpc=fpc)
    drawn = survey.replicates("bootstrap", n=4000, seed=3)
    assert drawn.total("y")["se"].item() == pytest.approx(survey.total("y")["se"].item(), rel=0.05)
    assert drawn.mean("y")["se"].item() == pytest.approx(survey.mean("y")["se"].item(), rel=0.05)


def test_a_bootstrap_counts_the_second_stage() -> None:
    random = np.random.default_rng(8)
    table = pl.DataFrame(
        {
            "village": np.repeat(np.arange(10), 6),
            "house": np.tile(np.arange(6), 10),
            "w": np.full(60, 20 / 10 * 30 / 6),
            "y": random.normal(5.0, 3.0, 60),
            "villages": np.full(60, 20),
            "houses": np.full(60, 30),
        }
    )
    survey = Survey(table, weights="w", psu=["village", "house"], fpc=["villages", "houses"])
    drawn = survey.replicates("bootstrap", n=4000, seed=3)
    assert drawn.total("y")["se"].item() == pytest.approx(survey.total("y")["se"].item(), rel=0.05)


def test_replicates_of_a_raked_survey_are_raked_again(people: pl.DataFrame) -> None:
    raked = Survey(people, weights="w", strata="h", psu="psu").rake({"sex": {"f": 700.0, "m": 500.0}})
    drawn = raked.replicates("bootstrap", n=20, seed=1)
    women = (people["sex"] == "f").to_numpy()
    np.testing.assert_allclose(drawn.replication.weights[:, women].sum(axis=1), 700.0)
    row = drawn.where(pl.col("sex") == "f").total("w").row(0, named=True)
    assert row["n"] == int(women.sum())


def test_raking_replicates_is_replicating_the_raked(people: pl.DataFrame) -> None:
    survey, margin = Survey(people, weights="w", strata="h", psu="psu"), {"sex": {"f": 700.0, "m": 500.0}}
    before, after = survey.rake(margin).replicates("JKn"), survey.replicates("JKn").rake(margin)
    assert_frame_equal(before.mean("y"), after.mean("y"))


def test_centre_of_the_estimate(people: pl.DataFrame) -> None:
    table = people.with_columns(r1=pl.col("w") * 1.1, r2=pl.col("w") * 1.3)
    weighted = float((people["w"] * people["y"]).sum())
    around_mean = ReplicateSurvey(table, weights="w", replicates=["r1", "r2"], scale=0.5)
    around_estimate = ReplicateSurvey(table, weights="w", replicates=["r1", "r2"], scale=0.5, rscales=[1, 3], mse=True)
    assert around_mean.total("y")["se"].item() == pytest.approx(weighted * math.sqrt(0.5 * (0.1**2 + 0.1**2)))
    assert around_estimate.total("y")["se"].item() == pytest.approx(weighted * math.sqrt(0.5 * (0.1**2 + 3 * 0.3**2)))
    assert around_estimate.replication.centre == "estimate"


def test_a_replicate_without_the_domain_is_left_out(people: pl.DataFrame) -> None:
    table = people.with_columns(
        r1=pl.when(pl.col("sex") == "f").then(0.0).otherwise(pl.col("w")),
        r2=pl.col("w") * pl.when(pl.col("y") > 20).then(2.0).otherwise(1.0),
        r3=pl.col("w") * pl.when(pl.col("y") > 22).then(2.0).otherwise(1.0),
    )
    survey = ReplicateSurvey(table, weights="w", replicates=["r1", "r2", "r3"], scale=1.0)
    two = ReplicateSurvey(table, weights="w", replicates=["r2", "r3"], scale=1.0)
    women = pl.col("sex") == "f"
    assert survey.where(women).mean("y")["se"].item() == pytest.approx(two.where(women).mean("y")["se"].item())


def test_degrees_of_freedom_of_a_domain(people: pl.DataFrame) -> None:
    survey = Survey(people, weights="w", strata="h", psu="psu")
    small = pl.col("h") == "c"
    assert (
        survey.where(small).mean("y")["df"].item() == survey.replicates("JKn").where(small).mean("y")["df"].item() == 4
    )
    assert survey.replicates("bootstrap", n=3, seed=1).mean("y")["df"].item() == 2


@pytest.mark.parametrize(
    ("work", "told"),
    [
        (lambda survey: survey.replicates("bootstrep"), "Did you mean 'bootstrap'"),
        (lambda survey: survey.replicates("bootstrap", n=1), "at least 2"),
        (lambda survey: survey.replicates("bootstrap", n=10**8), "too many to hold"),
    ],
)
def test_replicates_that_cannot_be_made(people: pl.DataFrame, work: object, told: str) -> None:
    with pytest.raises(UsageError, match=told):
        work(Survey(people, weights="w"))  # type: ignore[operator]


def test_replicates_that_are_not_told_well(people: pl.DataFrame) -> None:
    table = people.with_columns(r1=pl.col("w"), r2=pl.when(pl.col("y") > 25).then(None).otherwise(pl.col("w")))
    with pytest.raises(UsageError, match="2 rscales for 1 replicates"):
        ReplicateSurvey(table, weights="w", replicates=["r1"], scale=1.0, rscales=[1.0, 2.0])
    with pytest.raises(DataError, match="replicate 2 has a respondent without a weight"):
        ReplicateSurvey(table, weights="w", replicates=["r1", "r2"], scale=1.0)
    with pytest.raises(UsageError, match="Did you mean 'r1'"):
        ReplicateSurvey(table, weights="w", replicates=["r11"], scale=1.0)
    with pytest.raises(UsageError, match="list of columns"):
        ReplicateSurvey(table, weights="w", replicates=[], scale=1.0)
    with pytest.raises(UsageError, match="zero or more"):
        ReplicateSurvey(table, weights="w", replicates=["r1"], scale=-1.0)
