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
    check_amounts,
    disagreements,
    excesses,
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
            assert sum(row.steps[step] for row in rows if row.currency == currency) == steps[step]
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
