"""Amounts out of rows: what holds, and every fault named by row and column."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from odd17.core.kernel import DataError, Faults
from odd17.core.programmes.amount_rows import amounts_of_rows
from odd17.core.programmes.plain import amount_from_plain, amount_to_plain
from odd17.core.programmes.portfolio import Step
from odd17.core.programmes.programme import Dimension, Measure, Programme
from odd17.core.programmes.report_2020 import report_programme

AMOUNTS = ("Montant", "Devise", "Année", "Étape", "Financeur", "Dispositif", "Source")
PAID = ("1 000,50", "EUR", "2024", "versé", "Région", "Fonds", "budget 2024")
PROGRAMME = Programme(
    "p", "Plan", date(2024, 2, 29), (Dimension("d1", "Vert"),), report_programme().levels,
    (Measure(3, "Planter", "d1"),),
)  # fmt: skip


def test_amounts_keep_their_cents_and_their_source() -> None:
    (amount,) = amounts_of_rows(AMOUNTS, [(2, PAID)], "money.csv")
    assert (amount.value, amount.step, amount.source) == (Decimal("1000.50"), Step.PAID, "budget 2024")
    assert amount_from_plain(amount_to_plain(amount)) == amount


@pytest.mark.parametrize(
    ("column", "value", "words"),
    [
        (0, "1e15", "no programme moves that much"),
        (0, "-5", "never negative"),
        (0, "\u22125", "never negative"),
        (0, "NaN", "this is no amount"),
        (0, "Infinity", "this is no amount"),
        (0, "beaucoup", "this is no amount"),
        (0, "1,005", "at most two decimals"),
        (1, "euros", "three capital letters"),
        (1, "EUX", "no currency"),
        (1, "", "no currency"),
        (2, "99", "this is no year"),
        (3, "rêvé", "this is no step"),
        (4, "", "has a funder"),
        (6, " ", "without its source"),
    ],
)
def test_an_amount_that_does_not_hold_is_refused_with_its_row(column: int, value: str, words: str) -> None:
    cells = list(PAID)
    cells[column] = value
    with pytest.raises(DataError) as caught:
        amounts_of_rows(AMOUNTS, [(2, PAID), (7, tuple(cells))], "money.csv")
    assert caught.value.row == 7
    assert caught.value.column == AMOUNTS[column]
    assert words in str(caught.value)


WIDE = (*AMOUNTS, "Territoire", "Pilier", "Effets")


def _known(name: str) -> str:
    if name != "Bretagne":
        raise DataError("no territory is called so", remedy="write a name")
    return "REG-53"


def test_an_amount_has_a_pillar_of_the_report_a_territory_and_effects() -> None:
    for pillar in ("2", "Investir dans la co-construction territoriale", "invest in TERRITORIAL co-construction"):
        (amount,) = amounts_of_rows(
            WIDE, [(2, (*PAID, "Bretagne", pillar, "3; /pratiques/1-a/"))], programme=PROGRAMME, territory=_known
        )
        assert (amount.pillar, amount.territory) == ("territories", "REG-53")
        assert amount.effects == ("/programmes/p/mesures/3/", "/pratiques/1-a/")


@pytest.mark.parametrize(
    ("cells", "column", "words"),
    [
        (("Nulle Part", "", ""), "Territoire", "no territory is called so"),
        (("", "4", ""), "Pilier", "none of the pillars"),
        (("", "", "4"), "Effets", "no such measure"),
        (("", "", "/alliances/2/"), "Effets", "readers cannot open"),
    ],
)
def test_a_pillar_a_territory_or_an_effect_that_is_none_is_refused_with_its_row(
    cells: tuple[str, ...], column: str, words: str
) -> None:
    with pytest.raises(DataError, match=words) as caught:
        amounts_of_rows(WIDE, [(9, (*PAID, *cells))], "money.csv", programme=PROGRAMME, territory=_known)
    assert (caught.value.row, caught.value.column, caught.value.file) == (9, column, "money.csv")


def test_a_file_of_amounts_without_source_column_is_refused() -> None:
    with pytest.raises(DataError) as caught:
        amounts_of_rows(AMOUNTS[:-1], [(2, PAID)], "money.csv")
    assert caught.value.column == "source"


def test_every_fault_of_every_row_is_told_at_once() -> None:
    bad = ("1e15", "EUX", "99", "rêvé", "", "Fonds", "", "Nulle Part", "9", "77 ; /alliances/2/")
    wrong = ("-5", "EUR", "2024", "versé", "Région", "Fonds", "budget", "", "", "")
    with pytest.raises(Faults) as caught:
        amounts_of_rows(
            WIDE, [(2, (*PAID, "", "", "")), (3, bad), (4, wrong)], "money.csv", programme=PROGRAMME, territory=_known
        )
    assert {(one.row, one.column) for one in caught.value.faults} == {
        *((3, column) for column in WIDE if column != "Dispositif"), (4, "Montant"),
    }  # fmt: skip
    assert len(caught.value.faults) == 11  # two effects of one row are both wrong
    assert all(one.file == "money.csv" and one.remedy for one in caught.value.faults)
