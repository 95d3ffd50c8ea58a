"""A design read from columns: what it refuses, and variances worked by hand."""

from __future__ import annotations

import math

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from odd17 import Survey
from odd17.core.kernel import DataError, UsageError

PEOPLE = pl.DataFrame(
    {"h": ["a", "a", "b", "b"], "w": [2.0, 2.0, 4.0, 4.0], "y": [1.0, 3.0, 5.0, 9.0], "pop": [4.0, 4.0, 8.0, 8.0]}
)


def test_two_strata_by_hand() -> None:
    row = Survey(PEOPLE, weights="w", strata="h", fpc="pop").total("y").row(0, named=True)
    # (1 - 2/4) 2/1 ((2-4)² + (6-4)²) + (1 - 2/8) 2/1 ((20-28)² + (36-28)²)
    assert row["estimate"] == 64
    assert row["se"] == pytest.approx(math.sqrt(8 + 192))
    assert (row["df"], row["n"]) == (2, 4)


def test_a_share_drawn_is_as_good_as_a_population() -> None:
    shares = PEOPLE.with_columns(drawn=2 / pl.col("pop"))
    by_share = Survey(shares, weights="w", strata="h", fpc="drawn").mean("y")
    assert by_share.equals(Survey(PEOPLE, weights="w", strata="h", fpc="pop").mean("y"))


def two_stages() -> pl.DataFrame:
    """Two of 4 villages, then 2 of 3 houses of the first and 2 of 5 of the second."""
    return pl.DataFrame(
        {
            "village": ["A", "A", "B", "B"],
            "house": [1, 2, 1, 2],
            "w": [3.0, 3.0, 5.0, 5.0],
            "y": [1.0, 3.0, 2.0, 6.0],
            "villages": [4, 4, 4, 4],
            "houses": [3, 3, 5, 5],
        }
    )


def test_two_stages_by_hand() -> None:
    survey = Survey(two_stages(), weights="w", psu=["village", "house"], fpc=["villages", "houses"])
    row = survey.total("y").row(0, named=True)
    # first stage (1 - 2/4) 2/1 ((12-26)² + (40-26)²); second 2/4 ((1 - 2/3) 2/1 18 + (1 - 2/5) 2/1 200)
    assert row["estimate"] == 52
    assert row["se"] == pytest.approx(math.sqrt(392 + 126))
    assert row["df"] == 1


def test_a_domain_keeps_the_second_stage_whole() -> None:
    survey = Survey(two_stages(), weights="w", psu=["village", "house"], fpc=["villages", "houses"])
    row = survey.where(pl.col("y") > 2).total("y").row(0, named=True)
    # village A holds 9 of (0, 9), B 30 of (0, 30): (1/2) 2 (10.5² + 10.5²) + 1/2 ((1/3) 2 (4.5² 2) + (3/5) 2 (15² 2))
    assert row["se"] == pytest.approx(math.sqrt(220.5 + 0.5 * (27 + 540)))
    assert (row["df"], row["n"]) == (1, 2)


def test_without_a_population_later_stages_add_nothing() -> None:
    table = two_stages()
    both = Survey(table, weights="w", psu=["village", "house"]).mean("y")
    assert both.equals(Survey(table, weights="w", psu="village").mean("y"))


def test_a_population_of_the_first_stage_alone_leaves_the_second_with_replacement() -> None:
    row = Survey(two_stages(), weights="w", psu=["village", "house"], fpc="villages").total("y").row(0, named=True)
    assert row["se"] == pytest.approx(math.sqrt(392 + 0.5 * (2 * 18 + 2 * 200)))


def test_units_of_the_same_code_in_two_strata_are_two() -> None:
    table = PEOPLE.with_columns(street=pl.Series([1, 2, 1, 2]))
    assert Survey(table, weights="w", strata="h", psu="street").mean("y")["df"].item() == 2


LONELY = pl.DataFrame({"h": ["a", "a", "b"], "w": [2.0, 2.0, 4.0], "y": [1.0, 3.0, 5.0]})


def test_a_stratum_with_a_single_unit_is_refused_and_named() -> None:
    with pytest.raises(DataError, match=r"single unit.*h = 'b'.*lonely_psu") as caught:
        Survey(LONELY, weights="w", strata="h")
    assert caught.value.row == 3


@pytest.mark.parametrize(
    ("choice", "variance"), [("certainty", 0.25), ("remove", 0.25), ("adjust", 0.25 + 0.75**2), ("average", 0.5)]
)
def test_a_single_unit_by_hand(choice: str, variance: float) -> None:
    # influences times weights: -0.625 and -0.125 in a, 0.75 in b
    row = Survey(LONELY, weights="w", strata="h", lonely_psu=choice).mean("y").row(0, named=True)
    assert row["estimate"] == 3.5
    assert row["se"] == pytest.approx(math.sqrt(variance))
    assert row["df"] == 1


def test_average_cannot_be_told_from_single_units_alone() -> None:
    table = pl.DataFrame({"h": ["a", "b"], "w": [1.0, 1.0], "y": [1.0, 2.0]})
    row = Survey(table, weights="w", strata="h", lonely_psu="average").mean("y").row(0, named=True)
    assert row["se"] is None
    assert row["low"] is None


def test_a_unit_alone_because_all_were_taken_is_no_trouble() -> None:
    table = LONELY.with_columns(pop=pl.Series([4, 4, 1]))
    assert Survey(table, weights="w", strata="h", fpc="pop").mean("y")["se"].item() > 0


def test_a_single_unit_of_the_second_stage_is_named_by_its_village() -> None:
    with pytest.raises(DataError, match=r"stage 2.*village = 'B'"):
        Survey(two_stages()[:3], weights="w", psu=["village", "house"], fpc=["villages", "houses"])


@pytest.mark.parametrize(
    ("weight", "told"),
    [(None, "without a weight"), (float("nan"), "without a weight"), (-1.0, "negative"), (float("inf"), "infinite")],
)
def test_weights_that_are_missing_negative_or_infinite_name_their_row(weight: float | None, told: str) -> None:
    with pytest.raises(DataError, match=told) as caught:
        Survey(PEOPLE.with_columns(w=pl.Series([1.0, 1.0, weight, 1.0])), weights="w")
    assert (caught.value.row, caught.value.column) == (3, "w")


@pytest.mark.parametrize("weight", [0.0, 1e308])
def test_weights_that_sum_to_nothing_plausible(weight: float) -> None:
    with pytest.raises(DataError, match="nothing plausible"):
        Survey(PEOPLE.with_columns(w=pl.lit(weight)), weights="w")


def test_weights_that_are_text() -> None:
    with pytest.raises(DataError, match="not a column of numbers"):
        Survey(PEOPLE, weights="h")


@pytest.mark.parametrize("part", ["weights", "strata", "psu", "fpc"])
def test_an_unknown_column_gets_its_near_name(part: str) -> None:
    with pytest.raises(UsageError, match="Did you mean 'pop'"):
        Survey(PEOPLE, **({"weights": "w"} | {part: "popp"}))


def test_an_unknown_choice_gets_its_near_name() -> None:
    with pytest.raises(UsageError, match="Did you mean 'average'"):
        Survey(PEOPLE, weights="w", lonely_psu="averages")


def test_a_respondent_without_a_stratum_is_named() -> None:
    with pytest.raises(DataError, match="not told") as caught:
        Survey(PEOPLE.with_columns(h=pl.Series(["a", None, "b", "b"])), weights="w", strata="h")
    assert (caught.value.row, caught.value.column) == (2, "h")


def test_a_population_that_varies_within_a_stratum() -> None:
    with pytest.raises(DataError, match="same throughout a stratum") as caught:
        Survey(PEOPLE.with_columns(pop=pl.Series([4, 5, 8, 8])), weights="w", strata="h", fpc="pop")
    assert caught.value.row == 2


def test_a_population_smaller_than_the_sample() -> None:
    with pytest.raises(DataError, match=r"more units were drawn \(2\).*'b'"):
        Survey(PEOPLE.with_columns(pop=pl.Series([4.0, 4.0, 1.5, 1.5])), weights="w", strata="h", fpc="pop")


def test_more_populations_than_stages() -> None:
    with pytest.raises(UsageError, match="at most one column a stage"):
        Survey(PEOPLE, weights="w", fpc=["pop", "pop"])


@pytest.mark.parametrize("table", [42, "people.csv", None])
def test_something_that_is_no_table(table: object) -> None:
    with pytest.raises(DataError, match="not a dataframe"):
        Survey(table, weights="w")


def test_a_table_without_a_row() -> None:
    with pytest.raises(DataError, match="without a respondent"):
        Survey(PEOPLE.clear(), weights="w")


def test_any_table_that_narwhals_reads() -> None:
    pandas = pytest.importorskip("pandas")
    whole = Survey(PEOPLE, weights="w", strata="h").mean("y")
    pytest.importorskip("pyarrow")
    for table in (PEOPLE.lazy(), PEOPLE.to_arrow(), pandas.DataFrame(PEOPLE.to_dict(as_series=False))):
        assert Survey(table, weights="w", strata="h").mean("y").equals(whole)


def test_codes_of_units_that_are_far_apart() -> None:
    # these are numbered by sorting rather than by counting
    table = PEOPLE.with_columns(psu=pl.Series([10**12, 5, 7, 10**9]))
    assert_frame_equal(Survey(table, weights="w", psu="psu").mean("y"), Survey(PEOPLE, weights="w").mean("y"))
