"""A second oracle: the package ``svy``, on the schools and on clustered respondents drawn from a seed."""

from __future__ import annotations

import warnings
from typing import Any

import numpy as np
import polars as pl
import pytest

from odd17 import Survey

svy = pytest.importorskip("svy")


def table() -> pl.DataFrame:
    random = np.random.default_rng(11)
    town = random.normal(0.0, 1.0, 40)
    psu = np.repeat(np.arange(40), 12)
    return pl.DataFrame(
        {
            "h": psu // 10,
            "psu": psu,
            "w": random.gamma(5.0, 40.0, 480),
            "y": 10 + 2 * town[psu] + random.normal(0.0, 1.0, 480),
            "x": random.gamma(3.0, 2.0, 480),
            "ok": np.where(town[psu] + random.normal(0.0, 1.0, 480) > 0.3, "yes", "no"),
            "region": random.choice(["n", "s", "w"], 480),
        }
    )


def theirs(work: str, *names: str, **choices: Any) -> pl.DataFrame:
    sample = svy.Sample(table(), svy.Design(wgt="w", stratum="h", psu="psu"))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return getattr(sample.estimation, work)(*names, **choices).to_polars()


def same(ours: pl.DataFrame, other: pl.DataFrame, names: dict[str, str]) -> None:
    assert ours.height == other.height
    for name, their_name in names.items():
        np.testing.assert_allclose(ours[name].to_numpy(), other[their_name].to_numpy(), rtol=1e-8, err_msg=name)


BASIC = {"estimate": "est", "se": "se", "low": "lci", "high": "uci"}


@pytest.mark.parametrize("by", [(), ("region",)])
@pytest.mark.parametrize("work", ["mean", "total"])
def test_means_and_totals(work: str, by: tuple[str, ...]) -> None:
    survey = Survey(table(), weights="w", strata="h", psu="psu")
    other = theirs(work, "y", by=list(by) or None)
    same(getattr(survey, work)("y", by=by), other.sort("region") if by else other, {**BASIC, "df": "df", "n": "n"})


@pytest.mark.parametrize("ci", ["logit", "beta"])
def test_shares(ci: str) -> None:
    survey = Survey(table(), weights="w", strata="h", psu="psu")
    other = theirs("prop", "ok", by="region", ci_method=ci).sort("region", "ok")
    names = BASIC if ci == "logit" else {"estimate": "est", "se": "se"}
    same(survey.proportion("ok", by="region", ci=ci), other, names)
