"""Change between two waves: by hand, by another way of working it out, and by how often its interval is right."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest

from odd17 import Survey
from odd17.core.kernel import DataError, UsageError
from odd17.core.perceptions.linked import covariances
from odd17.core.perceptions.waves import with_change


def estimates(estimate: float | None, se: float | None, df: int | None, domain: str = "health") -> pl.DataFrame:
    schema = {"domain": pl.String, "estimate": pl.Float64, "se": pl.Float64, "df": pl.Int64}
    return pl.DataFrame({"domain": [domain], "estimate": [estimate], "se": [se], "df": [df]}, schema=schema)


def test_independent_samples_by_hand() -> None:
    """0.35 and 0.5, errors 0.03 and 0.04 on 9 and 4 degrees: error 0.05, df 0.0025² / (9e-8 + 6.4e-7) = 8.56."""
    row = with_change(estimates(0.5, 0.04, 4), estimates(0.35, 0.03, 9), ["domain"]).row(0, named=True)
    assert row["change"] == pytest.approx(0.15)
    assert row["change_se"] == pytest.approx(0.05)
    stats = pytest.importorskip("scipy.stats")
    half = stats.t.ppf(0.975, 0.0025**2 / (0.0009**2 / 9 + 0.0016**2 / 4)) * 0.05
    assert (row["change_low"], row["change_high"]) == pytest.approx((0.15 - half, 0.15 + half))
    assert row["change_linked"] is None


def test_a_panel_by_hand() -> None:
    """With a covariance of 0.0006 the variance is 0.0009 + 0.0016 - 0.0012, on the fewer degrees."""
    linked = pl.DataFrame({"domain": ["health"], "covariance": [0.0006], "linked": [40]})
    row = with_change(estimates(0.5, 0.04, 4), estimates(0.35, 0.03, 9), ["domain"], linked).row(0, named=True)
    assert row["change_se"] == pytest.approx(0.0013**0.5)
    assert row["change_high"] - row["change"] == pytest.approx(2.7764451 * 0.0013**0.5)
    assert row["change_linked"] == 40


def test_a_lost_link_is_as_independent_and_says_so() -> None:
    linked = pl.DataFrame({"domain": ["health"], "covariance": [0.0006], "linked": [0]})
    alone = with_change(estimates(0.5, 0.04, 4), estimates(0.35, 0.03, 9), ["domain"])
    assert with_change(estimates(0.5, 0.04, 4), estimates(0.35, 0.03, 9), ["domain"], linked).equals(alone)
    other = linked.with_columns(domain=pl.lit("sport"), linked=40)
    assert with_change(estimates(0.5, 0.04, 4), estimates(0.35, 0.03, 9), ["domain"], other).equals(alone)


@pytest.mark.parametrize(
    ("later", "earlier", "found"),
    [
        (estimates(0.5, None, None), estimates(0.4, 0.1, 9), (True, False)),
        (estimates(None, None, None), estimates(0.4, 0.1, 9), (False, False)),
        (estimates(0.5, 0.1, 9), estimates(0.4, 0.1, 9, "sport"), (False, False)),
        (estimates(0.5, 0.1, 0), estimates(0.4, 0.1, 9), (True, False)),
    ],
)
def test_what_one_wave_lacks(later: pl.DataFrame, earlier: pl.DataFrame, found: tuple[bool, bool]) -> None:
    row = with_change(later, earlier, ["domain"]).row(0, named=True)
    assert (row["change"] is not None, row["change_low"] is not None) == found
    assert row["change_linked"] is None


def test_a_change_of_shares_stays_within_one() -> None:
    row = with_change(estimates(0.99, 0.3, 4), estimates(0.02, 0.3, 4), ["domain"]).row(0, named=True)
    assert row["change_high"] == 1.0


def test_columns_that_are_absent() -> None:
    with pytest.raises(UsageError, match="Did you mean 'domain'"):
        with_change(estimates(0.5, 0.1, 9), estimates(0.5, 0.1, 9), ["domains"])
    with pytest.raises(UsageError, match="confidence"):
        with_change(estimates(0.5, 0.1, 9), estimates(0.5, 0.1, 9), ["domain"], confidence=95)


# panels


def panel(seed: int, n: int = 60) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The same respondents twice, in another order the second time."""
    random = np.random.default_rng(seed)
    first = random.random(n) < 0.5
    second = np.where(random.random(n) < 0.8, first, random.random(n) < 0.5)
    town = np.where(np.arange(n) % 3 == 0, "a", "b")
    who = [f"p{at}" for at in range(n)]
    w = random.uniform(1, 3, n)
    one = pl.DataFrame({"who": who, "w": w, "town": town, "yes": first})
    two = pl.DataFrame({"who": who, "w": w, "town": town, "yes": second}).sample(fraction=1, shuffle=True, seed=seed)
    return one, two


def changed(later: Survey, earlier: Survey, by: str | None = None) -> pl.DataFrame:
    names = [] if by is None else [by]
    both = covariances(later, earlier, "yes", by=names, link="who")
    tables = (survey.proportion("yes", by=names) for survey in (later, earlier))
    return with_change(*tables, [*names, "level"], both)


def test_a_whole_panel_of_equal_weights_is_a_mean_of_differences() -> None:
    one, two = (wave.with_columns(w=pl.lit(1.0)) for wave in panel(1))
    row = changed(Survey(two, weights="w"), Survey(one, weights="w")).row(0, named=True)
    joined = one.join(two, on="who")
    d = joined["yes_right"].cast(pl.Int8) - joined["yes"].cast(pl.Int8)
    assert row["change"] == pytest.approx(d.mean())
    assert row["change_se"] == pytest.approx(float(d.cast(pl.Float64).std()) / 60**0.5)
    assert row["change_linked"] == 60


@pytest.mark.parametrize("by", [None, "town"])
def test_a_whole_panel_with_strata_is_a_survey_of_differences(by: str | None) -> None:
    one, two = panel(2)
    found = changed(Survey(two, weights="w", strata="town"), Survey(one, weights="w", strata="town"), by)
    joined = one.join(two.select("who", after="yes"), on="who")
    joined = joined.with_columns(d=pl.col("after").cast(pl.Float64) - pl.col("yes").cast(pl.Float64))
    direct = Survey(joined, weights="w", strata="town").mean("d", by=[] if by is None else [by])
    assert found["change"].to_list() == pytest.approx(direct["estimate"].to_list())
    assert found["change_se"].to_list() == pytest.approx(direct["se"].to_list())


def test_a_raked_panel_is_a_raked_survey_of_differences() -> None:
    one, two = panel(3)
    margin = {"town": {"a": 30.0, "b": 90.0}}
    found = changed(Survey(two, weights="w").rake(margin), Survey(one, weights="w").rake(margin))
    joined = one.join(two.select("who", after="yes"), on="who")
    joined = joined.with_columns(d=pl.col("after").cast(pl.Float64) - pl.col("yes").cast(pl.Float64))
    direct = Survey(joined, weights="w").rake(margin).mean("d")
    assert found["change_se"].item() == pytest.approx(direct["se"].item())


def test_a_panel_of_units_drawn_whole() -> None:
    one, two = panel(4)
    one, two = (wave.with_columns(unit=pl.col("who").str.slice(1).cast(pl.Int64) // 5) for wave in (one, two))
    found = changed(Survey(two, weights="w", psu="unit"), Survey(one, weights="w", psu="unit"))
    joined = one.join(two.select("who", after="yes"), on="who")
    joined = joined.with_columns(d=pl.col("after").cast(pl.Float64) - pl.col("yes").cast(pl.Float64))
    direct = Survey(joined, weights="w", psu="unit").mean("d")
    assert found["change_se"].item() == pytest.approx(direct["se"].item())


def test_half_a_panel_by_hand() -> None:
    """40 of 60 are asked again, among 80: C = 40 / (60 · 80) times the covariance of those asked twice."""
    random = np.random.default_rng(5)
    one, _ = panel(5)
    kept = one.head(40).with_columns(yes=pl.Series(np.where(random.random(40) < 0.8, one["yes"][:40], False)))
    new = pl.DataFrame({"who": [f"n{at}" for at in range(40)], "town": ["a"] * 40, "yes": random.random(40) < 0.5})
    one = one.with_columns(w=pl.lit(1.0))
    two = pl.concat([kept.drop("w"), new]).with_columns(w=pl.lit(1.0))
    found = covariances(Survey(two, weights="w"), Survey(one, weights="w"), "yes", link="who").row(0, named=True)
    both = np.cov(one["yes"][:40].cast(pl.Float64), kept["yes"].cast(pl.Float64))[0, 1]
    assert found["covariance"] == pytest.approx(40 / (60 * 80) * both)
    assert found["linked"] == 40


def test_only_those_who_answered_both_times_are_linked() -> None:
    one, two = panel(6)
    one = one.with_columns(yes=pl.when(pl.col("who") != "p0").then("yes"))
    two = two.with_columns(who=pl.when(pl.col("who") != "p1").then("who"))
    assert covariances(Survey(two, weights="w"), Survey(one, weights="w"), "yes", link="who")["linked"].item() == 58


def test_strangers_have_no_covariance() -> None:
    one, two = panel(7)
    two = two.with_columns(who=pl.concat_str(pl.lit("other"), "who"))
    found = covariances(Survey(two, weights="w"), Survey(one, weights="w"), "yes", by="town", link="who")
    assert found["covariance"].to_list() == [0.0, 0.0]
    assert found["linked"].to_list() == [0, 0]


def test_several_questions_have_their_variable() -> None:
    one, two = (wave.with_columns(no=~pl.col("yes")) for wave in panel(8))
    found = covariances(Survey(two, weights="w"), Survey(one, weights="w"), ["yes", "no"], by="town", link="who")
    assert found.columns == ["town", "variable", "level", "covariance", "linked"]
    assert found["covariance"][0] == pytest.approx(found["covariance"][1])


def test_a_respondent_who_stands_twice() -> None:
    one, two = panel(9)
    with pytest.raises(DataError, match="stands twice"):
        covariances(Survey(two, weights="w"), Survey(pl.concat([one, one.head(1)]), weights="w"), "yes", link="who")


def test_units_that_do_not_match() -> None:
    one, two = panel(10)
    one = one.with_columns(unit=pl.col("who").str.slice(1).cast(pl.Int64) // 5)
    two = two.with_columns(unit=pl.col("who").str.slice(1).cast(pl.Int64) // 3)
    with pytest.raises(DataError, match="several units of the other wave"):
        covariances(Survey(two, weights="w", psu="unit"), Survey(one, weights="w", psu="unit"), "yes", link="who")


@pytest.mark.parametrize("overlap", [0, 60, 120])
def test_the_interval_of_a_change_holds_the_truth_as_often_as_it_says(overlap: int) -> None:
    """Of 400 draws of a known change, 95 % ± 3.3 of the intervals hold it (three errors of the binomial)."""
    random = np.random.default_rng(overlap)
    held = 0
    for _ in range(400):
        first = random.random(120) < 0.4
        again = np.where(random.random(120) < 0.7, first, random.random(120) < 0.5)  # 0.4 · 0.7 + 0.5 · 0.3 = 0.43
        fresh = random.random(120) < 0.43
        second = np.where(np.arange(120) < overlap, again, fresh)
        who = np.where(np.arange(120) < overlap, np.arange(120), np.arange(120) + 1000)
        one = pl.DataFrame({"who": np.arange(120), "w": np.ones(120), "yes": first})
        two = pl.DataFrame({"who": who, "w": np.ones(120), "yes": second})
        row = changed(Survey(two, weights="w"), Survey(one, weights="w")).row(0, named=True)
        held += row["change_low"] <= 0.03 <= row["change_high"]
    assert abs(held / 400 - 0.95) <= 0.033
