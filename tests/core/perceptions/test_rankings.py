"""Items put in order: shares, worths and agreement, against hand-worked and published cases."""

from __future__ import annotations

import itertools

import numpy as np
import polars as pl
import pytest

from odd17 import Survey
from odd17.core.kernel import DataError, UsageError
from odd17.core.perceptions.plackett_luce import fit, influences
from odd17.core.perceptions.rankings import first_choices, kendall_w, read_ranks, worths

LEVERS = {"vision": "v", "action": "a", "management": "m"}
ORDERS = np.array(list(itertools.permutations(range(3))))
EXACT = np.array([[20.0, 10.0, 15.0, 5.0, 6.0, 4.0]])  # of 60, as worths of 1/2, 1/3 and 1/6 make them


def people(times: list[int], w: float = 1.0) -> pl.DataFrame:
    """So many respondents for each of the six orders of the three levers."""
    ranks = np.repeat(np.argsort(ORDERS, axis=1) + 1, times, axis=0)
    return pl.DataFrame({"w": np.full(len(ranks), w), "v": ranks[:, 0], "a": ranks[:, 1], "m": ranks[:, 2]})


EXACTLY = people([20, 10, 15, 5, 6, 4])


def test_worths_that_make_the_counts_exactly() -> None:
    assert fit(ORDERS, EXACT)[0] == pytest.approx([1 / 2, 1 / 3, 1 / 6], abs=1e-10)
    table = worths(Survey(EXACTLY, weights="w"), LEVERS)
    assert table["item"].to_list() == list(LEVERS)
    assert table["estimate"].to_list() == pytest.approx([1 / 2, 1 / 3, 1 / 6])
    assert table["n"].to_list() == [60] * 3
    assert table["status"].to_list() == ["A"] * 3


def test_a_turn_of_three_leaves_all_level() -> None:
    """Vision before action before management before vision: as many of each."""
    turn = np.array([[0, 1, 2], [1, 2, 0], [2, 0, 1]])
    assert fit(turn, np.ones((1, 3)))[0] == pytest.approx([1 / 3] * 3)


def test_the_fit_is_the_most_likely_one() -> None:
    optimize = pytest.importorskip("scipy.optimize")
    weights = np.array([[7.0, 1.0, 3.5, 2.0, 9.0, 4.0]])

    def against(logs: np.ndarray) -> float:
        worth = np.exp(np.append(logs, 0.0))
        left = [worth[ORDERS[:, place:]] for place in range(2)]
        return -float(weights[0] @ sum(np.log(part[:, 0] / part.sum(axis=1)) for part in left))

    best = np.exp(np.append(optimize.minimize(against, np.zeros(2), tol=1e-12).x, 0.0))
    assert fit(ORDERS, weights)[0] == pytest.approx(best / best.sum(), abs=1e-6)


def test_several_sets_of_weights_at_once() -> None:
    both = fit(ORDERS, np.concatenate([EXACT, EXACT[:, ::-1], np.array([[1.0, 1.0, 0.0, 0.0, 0.0, 0.0]])]))
    assert both[0] == pytest.approx([1 / 2, 1 / 3, 1 / 6])
    assert both[1] == pytest.approx(fit(ORDERS, EXACT[:, ::-1])[0])
    assert np.isnan(both[2]).all()


def test_weights_count() -> None:
    table = people([1] * 6).with_columns(w=pl.Series([20.0, 10.0, 15.0, 5.0, 6.0, 4.0]))
    assert worths(Survey(table, weights="w"), LEVERS)["estimate"].to_list() == pytest.approx([1 / 2, 1 / 3, 1 / 6])


def test_of_two_items_a_worth_is_a_share() -> None:
    table = pl.DataFrame({"w": [1.0, 3.0] * 20, "x": [1, 2, 1, 1] * 10, "y": [2, 1, 2, 2] * 10, "s": ["a", "b"] * 20})
    survey = Survey(table, weights="w", strata="s")
    columns = {"x": "x", "y": "y"}
    assert_close(worths(survey, columns), first_choices(survey, columns))
    again = survey.replicates("JKn")
    assert_close(worths(again, columns), first_choices(again, columns))
    raked = survey.rake({"s": {"a": 100.0, "b": 50.0}})
    assert_close(worths(raked, columns), first_choices(raked, columns))


def assert_close(found: pl.DataFrame, wanted: pl.DataFrame) -> None:
    assert found.columns == wanted.columns
    for name in ("estimate", "se", "low", "high", "deff", "df", "n"):
        assert found[name].to_list() == pytest.approx(wanted[name].to_list(), rel=1e-7), name


def test_influences_add_up_to_nothing_and_tell_the_effect_of_a_respondent() -> None:
    worth = fit(ORDERS, EXACT)[0]
    each = influences(ORDERS, EXACT[0], worth)
    assert EXACT[0] @ each == pytest.approx([0, 0, 0], abs=1e-9)
    assert each.sum(axis=1) == pytest.approx([0] * 6, abs=1e-9)
    for number in range(6):
        more = EXACT.copy()
        more[0, number] += 1e-4
        assert (fit(ORDERS, more)[0] - worth) / 1e-4 == pytest.approx(each[number], rel=1e-3, abs=1e-7)


def test_replicates_agree_with_linearisation() -> None:
    survey = Survey(people([40, 20, 30, 10, 12, 8]), weights="w")
    linear, again = worths(survey, LEVERS), worths(survey.replicates("JK1"), LEVERS)
    assert again["estimate"].to_list() == linear["estimate"].to_list()
    assert again["se"].to_list() == pytest.approx(linear["se"].to_list(), rel=0.02)
    assert again["high"].to_list() == pytest.approx(linear["high"].to_list(), rel=0.01)


def test_an_item_never_put_first_has_a_worth_yet() -> None:
    """Some put management before action, so it is worth something."""
    survey = Survey(people([20, 10, 15, 5, 0, 0]), weights="w")
    found = worths(survey, LEVERS)
    assert 0 < found["estimate"][2] < 0.2
    first = first_choices(survey, LEVERS)
    assert (first["estimate"][2], first["status"][2]) == (0.0, "U")


@pytest.mark.parametrize("times", [[20, 0, 15, 0, 0, 0], [40, 0, 0, 0, 0, 0], [20, 20, 0, 0, 0, 0]])
def test_items_that_are_always_apart_have_no_worth(times: list[int]) -> None:
    """Management always last; one order only; vision always first."""
    found = worths(Survey(people(times), weights="w"), LEVERS)
    assert found.select("estimate", "se", "low", "high", "deff").null_count().row(0) == (3,) * 5
    assert found["status"].to_list() == ["O"] * 3
    assert found["n"].to_list() == [sum(times)] * 3


def test_by_group_with_no_answers() -> None:
    silent = EXACTLY.with_columns(pl.lit(None, dtype=pl.Int64).alias(name) for name in LEVERS.values())
    groups = pl.concat([EXACTLY.with_columns(g=pl.lit("b")), silent.with_columns(g=pl.lit("a"))])
    few = people([2, 1, 1, 1, 1, 1]).with_columns(g=pl.lit("c"))
    found = worths(Survey(pl.concat([groups, few]), weights="w"), LEVERS, by="g")
    assert found["g"].to_list() == ["a"] * 3 + ["b"] * 3 + ["c"] * 3
    assert found["status"].to_list() == ["O"] * 3 + ["A"] * 3 + ["Q"] * 3
    assert found["estimate"].to_list()[3:6] == pytest.approx([1 / 2, 1 / 3, 1 / 6])
    alone = worths(Survey(EXACTLY, weights="w"), LEVERS)
    assert found["low"].to_list()[3:6] == pytest.approx(alone["low"].to_list(), abs=0.001)


def test_a_domain_keeps_the_design() -> None:
    table = EXACTLY.with_columns(w=pl.lit(50.0), g=pl.Series(["a", "b"] * 30))
    survey = Survey(table, weights="w")
    inside = worths(survey.where(pl.col("g") == "a"), LEVERS)
    assert_close(inside, worths(survey, LEVERS, by="g").filter(g="a").drop("g"))


def test_the_interval_holds_the_truth_as_often_as_it_says() -> None:
    random = np.random.default_rng(17)
    held = np.zeros(3)
    for _ in range(300):
        times = random.multinomial(150, EXACT[0] / 60)
        found = worths(Survey(people(times.tolist()), weights="w"), LEVERS)
        truth = np.array([1 / 2, 1 / 3, 1 / 6])
        held += (found["low"].to_numpy() <= truth) & (truth <= found["high"].to_numpy())
    assert (np.abs(held / 300 - 0.95) <= 0.038).all()  # three errors of the binomial


@pytest.mark.parametrize(
    ("ranks", "given"),
    [((1, 1, 2), "1, 1, 2"), ((1, 2, None), "1, 2, –"), ((1, 2, 4), "1, 2, 4"), ((0, 1, 2), "0, 1, 2")],
)
def test_partial_rankings_and_ties_are_refused(ranks: tuple[int | None, ...], given: str) -> None:
    table = pl.concat([EXACTLY, pl.DataFrame({"w": [1.0]} | dict(zip("vam", ([r] for r in ranks), strict=True)))])
    for asked in (worths, first_choices):
        with pytest.raises(DataError, match="not a whole ranking of 3 items without ties") as caught:
            asked(Survey(table, weights="w"), LEVERS)
        assert given in str(caught.value)
        assert "61" in str(caught.value)


def test_a_ranking_of_one_item() -> None:
    with pytest.raises(UsageError, match="two items"):
        read_ranks(EXACTLY, {"vision": "v"})


# agreement


def test_agreement_in_a_published_case() -> None:
    """Siegel (1956), 9: three executives rank six applicants; s = 25.5, W = 0.16."""
    ranks = np.array([[1, 6, 3, 2, 5, 4], [1, 5, 6, 4, 2, 3], [6, 3, 2, 5, 4, 1]], dtype=float)
    assert kendall_w(ranks) == pytest.approx(25.5 / 157.5)


def test_agreement_with_ties_in_a_published_case() -> None:
    """Kendall's example, in Siegel (1956), 9: s = 591; 0.796 without the correction and 0.828 with it."""
    ranks = np.array(
        [
            [1, 4.5, 2, 4.5, 3, 7.5, 6, 9, 7.5, 10],
            [2.5, 1, 2.5, 4.5, 4.5, 8, 9, 6.5, 10, 6.5],
            [2, 1, 4.5, 4.5, 4.5, 4.5, 8, 8, 8, 10],
        ]
    )
    assert kendall_w(ranks) == pytest.approx(591 / 714)
    assert round(kendall_w(ranks) or 0, 3) == 0.828


def test_opposite_groups_do_not_agree_at_all() -> None:
    assert kendall_w(np.array([[1.0, 2.0, 3.0], [3.0, 2.0, 1.0]])) == 0.0


def test_agreement_is_of_orders_not_of_amounts() -> None:
    assert kendall_w(np.array([[0.1, 0.2, 0.9], [0.3, 0.31, 0.32], [1.0, 7.0, 8.0]])) == 1.0


def test_no_agreement_is_told_where_all_is_level() -> None:
    assert kendall_w(np.ones((3, 3))) is None


@pytest.mark.parametrize(
    "values", [np.ones((1, 3)), np.ones((3, 1)), np.array([[1.0, np.nan], [1.0, 2.0]]), np.ones(3)]
)
def test_agreement_of_too_little(values: np.ndarray) -> None:
    with pytest.raises(UsageError, match="two groups or more"):
        kendall_w(values)
