"""Measures and amounts out of rows: what holds, and each fault named by row and column."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from odd17.core.kernel import DataError
from odd17.core.programmes.plain import (
    amount_from_plain,
    amount_to_plain,
    marks_from_plain,
    marks_to_plain,
    programme_from_plain,
    programme_to_plain,
)
from odd17.core.programmes.portfolio import Step
from odd17.core.programmes.programme import Horizon, Programme
from odd17.core.programmes.report_2020 import report_programme
from odd17.core.programmes.reviews import Mark
from odd17.core.programmes.rows import amounts_of_rows, programme_of_rows

HEADER = ("Numéro", "Mesure", "Dimension", "Chantiers", "Premiers effets (mois)", "Tous effets (mois)")
AMOUNTS = ("Montant", "Devise", "Année", "Étape", "Financeur", "Dispositif", "Source")
PAID = ("1 000,50", "EUR", "2024", "versé", "Région", "Fonds", "budget 2024")


def read(*rows: tuple[str, ...], header: tuple[str, ...] = HEADER) -> Programme:
    numbered = [(place, row) for place, row in enumerate(rows, start=2)]
    levels = report_programme().levels
    return programme_of_rows(
        header, numbered, id="p", title="Plan", published=date(2024, 2, 29), levels=levels, file="plan.csv"
    )


def test_rows_make_a_programme() -> None:
    made = read(("1", "Planter", "Vert", "Eau; Sol", "3", "6"), ("2", "Compter", "Vert", "Sol", "", ""))
    assert [one.name for one in made.dimensions] == ["Vert"]
    assert [one.name for one in made.workstreams] == ["Eau", "Sol"]
    assert made.measures[0].horizon == Horizon(3, 6)
    assert made.measures[1].horizon is None
    assert made.measures[1].workstreams == ("w2",)
    assert programme_from_plain(programme_to_plain(made)) == made


@pytest.mark.parametrize(
    ("rows", "header", "row", "column", "words"),
    [
        ([("1", "a", "d"), ("1", "b", "d")], HEADER[:3], 3, "Numéro", "two measures"),
        ([("x", "a", "d")], HEADER[:3], 2, "Numéro", "whole number"),
        ([("0", "a", "d")], HEADER[:3], 1, "number", "numbered from 1"),
        ([("1", "", "d")], HEADER[:3], 2, "Mesure", "empty"),
        ([("1", "a", "")], HEADER[:3], 2, "Dimension", "empty"),
        ([("1", "a", "d", "", "9", "3")], HEADER, 2, "Tous effets (mois)", "before the first"),
        ([("1", "a", "d", "", "bientôt", "3")], HEADER, 2, "Premiers effets (mois)", "whole number"),
        ([("1", "a")], ("numero", "mesur"), None, "mesure", "did you mean ‘mesur’"),
        ([("1", "a", "d")], ("number", "mesure", "measure", "dimension"), None, "measure", "two columns"),
    ],
)
def test_a_fault_names_its_row_and_column(
    rows: list[tuple[str, ...]], header: tuple[str, ...], row: int | None, column: str, words: str
) -> None:
    with pytest.raises(DataError) as caught:
        read(*rows, header=header)
    assert (caught.value.row, caught.value.column) == (row, column)
    assert words.replace("‘", "'").replace("’", "'") in str(caught.value)


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
    programme = read(("3", "Planter", "Vert", "", "", ""))
    for pillar in ("2", "Investir dans la co-construction territoriale", "invest in TERRITORIAL co-construction"):
        (amount,) = amounts_of_rows(
            WIDE, [(2, (*PAID, "Bretagne", pillar, "3; /pratiques/1-a/"))], programme=programme, territory=_known
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
    programme = read(("3", "Planter", "Vert", "", "", ""))
    with pytest.raises(DataError, match=words) as caught:
        amounts_of_rows(WIDE, [(9, (*PAID, *cells))], "money.csv", programme=programme, territory=_known)
    assert (caught.value.row, caught.value.column, caught.value.file) == (9, column, "money.csv")


def test_a_measure_does_not_cite_what_its_readers_cannot_open() -> None:
    header = ("number", "measure", "dimension", "evidence")
    with pytest.raises(DataError, match="readers cannot open") as caught:
        read(("1", "a", "d", "/alliances/7/"), header=header)
    assert (caught.value.row, caught.value.column) == (2, "evidence")


def test_a_file_of_amounts_without_source_column_is_refused() -> None:
    with pytest.raises(DataError) as caught:
        amounts_of_rows(AMOUNTS[:-1], [(2, PAID)], "money.csv")
    assert caught.value.column == "source"


marks = st.dictionaries(
    st.integers(1, 40),
    st.builds(
        Mark, st.none() | st.sampled_from(["satisfactory"]), st.text(), st.lists(st.text(), max_size=3).map(tuple)
    ),
)


@given(marks)
def test_marks_come_back_as_they_were(told: dict[int, Mark]) -> None:
    assert marks_from_plain(marks_to_plain(told)) == told
