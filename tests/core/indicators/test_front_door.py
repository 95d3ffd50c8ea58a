"""The package's front door, from a table of a frame to the audit, as a caller outside writes it."""

from __future__ import annotations

import json

import numpy as np
import polars as pl
import pytest

import odd17
from odd17.core.kernel import UsageError

UNITS = [f"T{at:03}" for at in range(40)]
CODES = [f"i{at}" for at in range(9)]


@pytest.fixture(scope="module")
def meta() -> pl.DataFrame:
    domains = ["work", "home", "health"]
    return pl.DataFrame(
        {
            "code": [*CODES, *domains, "Index"],
            "parent": [*(domains[at % 3] for at in range(9)), *["Index"] * 3, None],
            "weight": [1.0, 2.0, 1.0, 1.0, 1.0, 0.5, 1.0, 1.0, 1.0, 1.0, 2.0, 1.0, 1.0],
            "direction": [1, -1, 1, 1, 1, -1, 1, 1, 1, 1, 1, 1, 1],
            "denominator": ["people", *[None] * 12],
            "level": [*[1] * 9, *[2] * 3, 3],
        }
    )


@pytest.fixture(scope="module")
def table() -> pl.DataFrame:
    return pl.DataFrame({"code": UNITS, "people": np.linspace(100.0, 900.0, 40)})


@pytest.fixture(scope="module")
def values() -> pl.DataFrame:
    """Made up, from a seed: skewed columns, three gaps in a hundred, a column that the frame does not name."""
    random = np.random.default_rng(17)
    found = np.exp(random.normal(size=(40, 9)))
    gaps = random.random(found.shape) < 0.03
    gaps[12] = False  # the unit that is explained
    found[gaps] = np.nan
    named = pl.DataFrame(found, schema=CODES, nan_to_null=True)
    return named.with_columns(pl.Series("code", UNITS), group=pl.Series(["x", "y"] * 20))


def test_an_index_from_its_frame_to_its_audit(meta: pl.DataFrame, table: pl.DataFrame, values: pl.DataFrame) -> None:
    frame = odd17.Frame.from_table(meta, level_names={2: "domain"})
    index = odd17.Index(
        frame,
        steps=[
            odd17.Denominate(by=table, on="code"),
            odd17.Screen(min_available=0.9),
            odd17.Impute("median", by="group"),
            odd17.Treat(max_points=5, then="log_ct"),
            odd17.Normalise("minmax", low=1, high=100),
            odd17.Aggregate("arithmetic", at={"Index": "geometric"}, min_available=0.66),
        ],
    )
    result = index.fit(values, unit="code")
    kept = result.scores["unit"].to_list()
    assert 30 < len(kept) <= 40
    assert result.scores.columns == result.ranks.columns
    assert set(result.scores.columns) == {"unit", *meta["code"]}
    assert result.ranks.sort("Index")["Index"][0] == 1
    best = result.scores.sort("Index", descending=True, nulls_last=True)["unit"][0]
    assert result.ranks.sort("Index")["unit"][0] == best
    assert result.table("normalised").select(pl.min_horizontal(pl.col(CODES).min())).item() == 1
    assert result.explain("T012").height > 0
    assert (odd17.replay(result.log, values, tables={}) == result) is True
    written = json.loads(json.dumps(result.log))
    assert (odd17.replay(written, values, tables={"table": table}) == result) is True

    ua = result.uncertainty(
        {
            "Treat.max_points": [1, 3, 5],
            "Normalise": [odd17.Normalise("minmax", low=1, high=100), odd17.Normalise("zscore", mean=10, sd=2)],
            "weights": odd17.Noise(0.25),
            "Aggregate": ["arithmetic", "geometric"],
        },
        n=1000,
        seed=1,
    )
    ranks = ua.ranks(node="Index", level=0.90)
    assert ranks.columns == ["unit", "nominal", "low", "median", "high"]
    assert ranks.equals(ua.ranks())
    assert ranks["unit"].to_list() == kept
    assert ranks.select((pl.col("low") <= pl.col("median")).all() & (pl.col("median") <= pl.col("high")).all()).item()
    assert ranks.select("unit", "nominal").equals(result.ranks.select("unit", nominal=pl.col("Index")))

    sobol = ua.sobol(target="mean_abs_rank_shift", n_boot=500)
    assert sobol.height == 4
    assert sobol["total"].is_between(-0.05, 1.5).all()
    assert result.leave_one_out(level="domain").height == 3
    assert result.audit() is not None


@pytest.mark.parametrize(
    ("choice", "near"),
    [("Treat.max_point", "max_points"), ("Normalize", "Normalise"), ("Impute.method", None), ("method", None)],
)
def test_a_choice_that_no_step_or_two_have_is_refused_with_the_near_name(
    meta: pl.DataFrame, values: pl.DataFrame, choice: str, near: str | None
) -> None:
    steps = [odd17.Normalise("minmax", low=1, high=100), odd17.Aggregate("arithmetic")]
    frame = odd17.Frame.from_table(meta.drop("denominator"), level_names={2: "domain"})
    steps = [odd17.Treat(max_points=5), *steps] if choice.startswith("Treat") else steps
    result = odd17.Index(frame, steps=steps).fit(values, unit="code")
    with pytest.raises(UsageError, match=near):
        result.uncertainty({choice: ["arithmetic"]}, n=10, seed=1)
