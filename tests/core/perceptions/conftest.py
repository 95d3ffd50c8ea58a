"""The reference survey: Californian schools, with the estimates of R's ``survey``."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from odd17 import ReplicateSurvey, Survey


@pytest.fixture(scope="session")
def schools(shared: Path) -> Path:
    """The folder of the reference case."""
    return shared / "reference-cases" / "apisurvey"


@pytest.fixture(scope="session")
def strat(schools: Path) -> pl.DataFrame:
    """200 schools drawn in three strata."""
    return pl.read_csv(schools / "apistrat.csv", schema_overrides={"cds": pl.String})


@pytest.fixture(scope="session")
def clus1(schools: Path) -> pl.DataFrame:
    """All 183 schools of 15 districts drawn."""
    return pl.read_csv(schools / "apiclus1.csv", schema_overrides={"cds": pl.String})


@pytest.fixture(scope="session")
def surveys(schools: Path, strat: pl.DataFrame, clus1: pl.DataFrame) -> dict[str, Survey | ReplicateSurvey]:
    """Every design of the reference, by its name there."""
    clusters = Survey(clus1, weights="pw", psu="dnum", fpc="fpc")
    stype = {"stype": {"E": 4421, "H": 755, "M": 1018}}
    wide = {"sch.wide": {"No": 1072, "Yes": 5122}}
    both = {**stype, "api99": 3914069.0}
    draws = pl.read_csv(schools / "repweights_apistrat_JKn.csv", schema_overrides={"cds": pl.String}).drop("pw")
    names = draws.columns[1:]
    rscales = pl.read_csv(schools / "rscales_apistrat_JKn.csv")["rscale"].to_list()
    joined = strat.join(draws, on="cds", maintain_order="left")
    return {
        "apistrat_fpc": Survey(strat, weights="pw", strata="stype", fpc="fpc"),
        "apistrat_nofpc": Survey(strat, weights="pw", strata="stype"),
        "apiclus1_fpc": clusters,
        "apistrat_JKn": ReplicateSurvey(joined, weights="pw", replicates=names, scale=1.0, rscales=rscales),
        "apiclus1_fpc+ps": clusters.poststratify(stype),
        "apiclus1_fpc+rk": clusters.rake({**stype, **wide}),
        "apiclus1_fpc+g_lin": clusters.calibrate(both),
        "apiclus1_fpc+g_rk": clusters.calibrate(both, method="raking"),
        "apiclus1_fpc+g_lg": clusters.calibrate(both, method="logit", bounds=(0.5, 2.0)),
        "apiclus1_fpc+g_b": clusters.calibrate(both, bounds=(0.6, 1.6)),
    }
