"""Sums that reconcile, amounts that are refused, figures that disagree."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from odd17.core.kernel import DataError
from odd17.core.programmes.portfolio import (
    LARGEST,
    Amount,
    Cut,
    Figure,
    Step,
    among,
    check_amounts,
    disagreements,
    effects_on,
    excesses,
    parts_of,
    sums,
    totals,
)

GIFT = Amount(Decimal(100), "EUR", 2020, Step.PAID, "Fonds A", "Dispositif B", "compte rendu 2020")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"value": Decimal("1e15")}, "moves that much"),
        ({"value": LARGEST + 1}, "moves that much"),
        ({"value": Decimal(-1)}, "never negative"),
        ({"value": Decimal("NaN")}, "no amount"),
        ({"value": Decimal("Infinity")}, "no amount"),
        ({"value": Decimal("1.005")}, "two decimals"),
        ({"currency": "euros"}, "three capital letters"),
        ({"currency": ""}, "three capital letters"),
        ({"year": 20}, "no year"),
        ({"source": " "}, "its source"),
        ({"funder": ""}, "has a funder"),
        ({"device": ""}, "has a device"),
    ],
)
def test_an_amount_that_cannot_be_is_refused_with_its_row(change: dict[str, object], words: str) -> None:
    with pytest.raises(DataError, match=words) as refused:
        check_amounts([GIFT, replace(GIFT, **change)], "montants.csv")  # type: ignore[arg-type]  # any field
    assert refused.value.row == 2


def test_zero_and_the_largest_amount_stand() -> None:
    assert check_amounts([replace(GIFT, value=Decimal(0)), replace(GIFT, value=LARGEST)])


_AMOUNTS = st.lists(
    st.builds(
        Amount,
        st.decimals(0, LARGEST, places=2),
        st.sampled_from(["EUR", "CHF"]),
        st.integers(2006, 2026),
        st.sampled_from(Step),
        st.sampled_from("AB"),
        st.sampled_from("CD"),
        st.just("a report"),
        st.sampled_from([None, "REG-53", "DEP-35"]),
        st.sampled_from([None, "one", "two"]),
    ),
    max_size=30,
)


@given(_AMOUNTS, st.sampled_from(Cut))
def test_whichever_way_amounts_are_cut_they_add_up_to_the_same(amounts: list[Amount], cut: Cut) -> None:
    whole = totals(amounts)
    rows = sums(amounts, cut)
    for currency, steps in whole.items():
        for step in Step:
            told = [value for row in rows if row.currency == currency and (value := row.steps[step]) is not None]
            assert (sum(told) if told else None) == steps[step]  # what nobody told is not zero
    assert {row.currency for row in rows} == set(whole)


def test_more_paid_than_promised_is_said() -> None:
    promised = replace(GIFT, step=Step.PROMISED, value=Decimal(60))
    (found,) = excesses([GIFT, promised])
    assert (found.step, found.value, found.before) == (Step.PAID, Decimal(100), Decimal(60))


def test_a_step_that_nobody_recorded_is_not_exceeded() -> None:
    assert not excesses([GIFT])


def test_figures_disagree_by_value_or_by_name() -> None:
    figures = [
        Figure("mobilised", "one page", Decimal(70), "EUR_million", "r"),
        Figure("mobilised", "another", Decimal(100), "EUR_million", "r"),
        Figure("research", "research", Decimal(8), "EUR_million", "r"),
        Figure("research", "experiments", Decimal(8), "EUR_million", "r"),
        Figure("engineering", "engineering", Decimal(15), "EUR_million", "r"),
    ]
    found = disagreements(figures)
    assert [(one.subject, one.same_value) for one in found] == [("mobilised", False), ("research", True)]


@given(_AMOUNTS, st.sampled_from(Cut))
def test_the_amounts_behind_each_line_are_all_of_them_once(amounts: list[Amount], cut: Cut) -> None:
    keys = {row.key for row in sums(amounts, cut)}
    assert sum(len(among(amounts, {cut: key})) for key in keys) == len(amounts)
    for row in sums(amounts, cut):
        assert totals(among(amounts, {cut: row.key}))[row.currency] == row.steps


def test_amounts_are_found_by_what_they_made_possible() -> None:
    linked = replace(GIFT, effects=("/programmes/p/mesures/3/",))
    assert effects_on([GIFT, linked], "/programmes/p/mesures/3/") == (linked,)


def test_parts_that_disagree_or_are_in_several_units_are_added_up_to_nothing() -> None:
    whole = Figure("all", "all", Decimal(10), "EUR_million", "r")
    one = Figure("a", "a", Decimal(4), "EUR_million", "r", "all")
    other = Figure("b", "b", Decimal(6), "EUR_million", "r", "all")
    assert parts_of([whole, one, other])[0].same == (whole,)
    assert not parts_of([whole, one, other, replace(other, value=Decimal(7))])
    assert not parts_of([whole, one, replace(other, unit="count")])
    assert parts_of([one, other])[0].value == Decimal(10)  # even where no total is printed
