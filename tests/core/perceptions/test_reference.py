"""Every estimate of the reference, to 1e-8: made by R's ``survey`` on the same schools."""

from __future__ import annotations

import csv
import math
import os
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from odd17 import ReplicateSurvey, Survey

SHARED = Path(os.environ.get("ODD17_SHARED", Path(__file__).resolve().parents[4] / "shared"))
ESTIMATES = SHARED / "reference-cases" / "apisurvey" / "estimates.csv"
# intervals that are not ours: arcsine, likelihood, and the logit around a variance by the beta
LEFT = {"prop_asin", "prop_likelihood", "prop_xlogit"}
INTERVALS = {"prop_wald": "wald", "prop_mean": "wald", "prop_logit": "logit", "prop_beta": "beta"}


def rows() -> list[dict[str, str]]:
    if not ESTIMATES.is_file():
        return []
    with ESTIMATES.open(encoding="utf-8") as file:
        return [row for row in csv.DictReader(file) if row["stat"] not in LEFT]


def level_of(label: str, frame: pl.DataFrame) -> tuple[str, str]:
    """``stypeE``, ``I(stype=='E')`` and ``both=Yes`` all name a column and a category."""
    if label.startswith("I("):
        name, level = label[2:-1].split("==")
        return name, level.strip("'")
    if "=" in label:
        name, level = label.split("=")
        return name, level
    name = next(name for name in sorted(frame.columns, key=len, reverse=True) if label.startswith(name))
    return name, label[len(name) :]


def estimate(survey: Survey | ReplicateSurvey, row: dict[str, str]) -> dict[str, float]:
    stat, variable = row["stat"], row["variable"]
    if stat == "svyby_mean_z_ci":
        places = dict(part.split("=") for part in row["domain"].split(";"))
        table = survey.mean(variable, by=list(places))
        return table.filter(*(pl.col(name) == level for name, level in places.items())).row(0, named=True)
    if row["domain"] != "all":
        name, level = row["domain"].split("=")
        survey = survey.where(pl.col(name) == level)
    if stat in ("mean", "domain_mean"):
        return survey.mean(variable).row(0, named=True)
    if stat == "total":
        return survey.total(variable).row(0, named=True)
    if stat == "ratio":
        return survey.ratio(*variable.split("/")).row(0, named=True)
    if stat.startswith("quantile"):
        return survey.quantile(variable, [float(stat.split("_")[1])]).row(0, named=True)
    name, level = level_of(variable, survey.frame)
    table = survey.proportion(name, ci=INTERVALS.get(stat, "logit"))
    return table.filter(pl.col("level") == level).row(0, named=True)


def expected(text: str) -> float | None:
    return None if text in ("", "NA", "Inf") else float(text)


@pytest.mark.shared
@pytest.mark.parametrize("row", rows(), ids=lambda row: "-".join(list(row.values())[i] for i in (0, 2, 3, 4)))
def test_every_estimate_of_the_reference(surveys: dict[str, Survey | ReplicateSurvey], row: dict[str, str]) -> None:
    found = estimate(surveys[row["design"]], row)
    by_normal = row["stat"] == "svyby_mean_z_ci"  # its intervals have infinite degrees of freedom
    for ours, theirs in (
        ("estimate", "estimate"),
        ("se", "se"),
        ("deff", "deff"),
        ("low", "ci_low"),
        ("high", "ci_high"),
        ("df", "df"),
    ):
        value = expected(row[theirs])
        if value is None or (by_normal and ours in ("low", "high", "df")):
            continue
        # R's qbeta(…, Inf, Inf) is 0.5, far from a share that the design leaves without any doubt
        if row["stat"] == "prop_beta" and float(row["se"]) == 0 and ours in ("low", "high"):
            value = found["estimate"]
        assert math.isclose(found[ours], value, rel_tol=1e-8, abs_tol=1e-8), (ours, found[ours], value)


@pytest.mark.shared
def test_the_whole_reference_is_there(schools: Path) -> None:
    assert schools.is_dir()
    assert len(rows()) == 233


@pytest.mark.shared
@pytest.mark.parametrize(
    ("column", "design"),
    [
        ("poststrat_stype", "apiclus1_fpc+ps"),
        ("rake_stype_schwide", "apiclus1_fpc+rk"),
        ("cal_linear_stype_api99", "apiclus1_fpc+g_lin"),
        ("cal_raking_stype_api99", "apiclus1_fpc+g_rk"),
        ("cal_logit_05_2", "apiclus1_fpc+g_lg"),
        ("cal_linear_06_16", "apiclus1_fpc+g_b"),
    ],
)
def test_calibrated_weights(schools: Path, surveys: dict[str, Survey], column: str, design: str) -> None:
    wanted = pl.read_csv(schools / "apiclus1_calibrated_weights.csv")[column].to_numpy()
    np.testing.assert_allclose(surveys[design].weights, wanted, rtol=1e-8, atol=0)


@pytest.mark.shared
def test_linear_calibration_to_one_margin_is_post_stratification(schools: Path, surveys: dict[str, Survey]) -> None:
    wanted = pl.read_csv(schools / "apiclus1_calibrated_weights.csv")["cal_linear_stype"].to_numpy()
    found = surveys["apiclus1_fpc"].calibrate({"stype": {"E": 4421, "H": 755, "M": 1018}})
    np.testing.assert_allclose(found.weights, wanted, rtol=1e-8, atol=0)


@pytest.mark.shared
def test_trimmed_weights(schools: Path, surveys: dict[str, Survey]) -> None:
    wanted = pl.read_csv(schools / "apiclus1_calibrated_weights.csv")["rake_trim"].to_numpy()
    found = surveys["apiclus1_fpc+rk"].trim(15, 60)
    np.testing.assert_allclose(found.weights, wanted, rtol=1e-8, atol=0)
