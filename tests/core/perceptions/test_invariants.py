"""What must hold of any survey."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from odd17 import Survey

WHOLE = ["estimate", "se", "low", "high", "df", "n", "status"]


@st.composite
def samples(draw: st.DrawFn) -> pl.DataFrame:
    """Respondents in strata of at least two units, some with a weight of zero, some without an answer."""
    sizes = draw(st.lists(st.integers(2, 4), min_size=1, max_size=3))
    seed = draw(st.integers(0, 10**6))
    random = np.random.default_rng(seed)
    h = np.repeat(np.arange(len(sizes)), [3 * size for size in sizes])
    psu = np.concatenate([np.repeat(np.arange(size), 3) for size in sizes])
    rows = len(h)
    weights = random.gamma(4.0, 10.0, rows)
    if draw(st.booleans()):
        weights[random.random(rows) < 0.1] = 0.0
        weights[0] = 1.0
    return pl.DataFrame(
        {
            "h": h,
            "psu": psu,
            "w": weights,
            "y": random.normal(3.0, 2.0, rows),
            "x": random.gamma(3.0, 2.0, rows),
            "gap": pl.Series(random.normal(0.0, 1.0, rows)).scatter(np.flatnonzero(random.random(rows) < 0.2), None),
            "group": random.choice(["a", "b"], rows),
            "pop": np.array([8, 12, 30])[h],
        }
    )


def survey(table: pl.DataFrame, fpc: str | None = "pop") -> Survey:
    return Survey(table, weights="w", strata="h", psu="psu", fpc=fpc)


@settings(max_examples=25)
@given(samples(), st.sampled_from([1e-3, 0.5, 7.0, 1e4]))
def test_the_scale_of_weights_leaves_means_ratios_shares_and_quantiles(table: pl.DataFrame, scale: float) -> None:
    one, other = survey(table), survey(table.with_columns(pl.col("w") * scale))
    for work in (
        lambda any_: any_.mean(["y", "gap"], by="group"),
        lambda any_: any_.ratio("y", "x"),
        lambda any_: any_.proportion("group"),
        lambda any_: any_.quantile("y", [0.3, 0.5]),
    ):
        assert_frame_equal(work(one).drop("deff"), work(other).drop("deff"), rel_tol=1e-9, abs_tol=1e-9)


@settings(max_examples=25)
@given(samples(), st.randoms(use_true_random=False))
def test_the_order_of_respondents_does_not_matter(table: pl.DataFrame, random: object) -> None:
    rows = list(range(table.height))
    random.shuffle(rows)  # type: ignore[attr-defined]
    shuffled = table[rows]
    for work in (
        lambda any_: any_.mean(["y", "gap"], by="group"),
        lambda any_: any_.total("y"),
        lambda any_: any_.quantile("x", [0.5], by="group"),
        lambda any_: any_.replicates("JKn").mean("y"),
    ):
        assert_frame_equal(work(survey(table)), work(survey(shuffled)), rel_tol=1e-9, abs_tol=1e-9)


@settings(max_examples=25)
@given(samples())
def test_the_domain_of_all_is_the_whole(table: pl.DataFrame) -> None:
    one = survey(table)
    assert one.where(pl.lit(True) | (pl.col("w") > 0)).mean(["y", "gap"]).equals(one.mean(["y", "gap"]))


@settings(max_examples=25)
@given(samples())
def test_totals_of_cells_add_up_to_the_whole(table: pl.DataFrame) -> None:
    one = survey(table)
    assert one.total("y", by="group")["estimate"].sum() == pytest.approx(one.total("y")["estimate"].item())
    assert one.total("y", by="group")["n"].sum() == one.total("y")["n"].item()


@settings(max_examples=25)
@given(samples())
def test_the_jackknife_of_a_total_is_its_linearisation(table: pl.DataFrame) -> None:
    one = survey(table)
    found, wanted = one.replicates("JKn").total(["y", "gap"]), one.total(["y", "gap"])
    assert_frame_equal(found.select("se", "estimate"), wanted.select("se", "estimate"), rel_tol=1e-9, abs_tol=1e-9)


@settings(max_examples=25)
@given(samples(), st.sampled_from(["poststratify", "calibrate"]))
def test_what_is_calibrated_to_is_exact(table: pl.DataFrame, how: str) -> None:
    one = survey(table.with_columns(a=(pl.col("group") == "a").cast(pl.Float64), w=pl.col("w") + 0.1))
    groups = one.frame["group"].unique().to_list()
    margin = {"group": {group: 500.0 + 100 * at for at, group in enumerate(sorted(groups))}}
    found = getattr(one, how)(margin).total("a")
    scale = one.total("a")["se"].item()
    assert found["estimate"].item() == pytest.approx(margin["group"].get("a", 0.0))
    assert found["se"].item() == pytest.approx(0.0, abs=1e-8 * max(scale, 1.0))


@settings(max_examples=25)
@given(samples())
def test_calibrating_changes_nothing_where_the_totals_hold_already(table: pl.DataFrame) -> None:
    one = survey(table.with_columns(w=pl.col("w") + 0.1))
    sums = dict(one.total("w", by="group").select("group", "estimate").iter_rows())
    counts = dict(one.frame.group_by("group").agg(pl.col("w").sum()).iter_rows())
    assert set(sums) == set(counts)
    np.testing.assert_allclose(one.rake({"group": counts}).weights, one.weights)


@settings(max_examples=25)
@given(samples())
def test_a_ratio_to_one_is_a_mean_and_a_mean_of_a_boolean_is_a_share(table: pl.DataFrame) -> None:
    one = survey(table.with_columns(one=1.0, a=pl.col("group") == "a"))
    assert_frame_equal(one.ratio("gap", "one"), one.mean("gap"), rel_tol=1e-9, abs_tol=1e-12)
    assert_frame_equal(one.proportion("a", ci="wald").select(WHOLE[:2]), one.mean("a").select(WHOLE[:2]))
