"""Measures out of rows: what holds, and every fault named by row and column."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from odd17.core.kernel import DataError, Faults
from odd17.core.programmes.gathering import MOST
from odd17.core.programmes.measure_rows import programme_of_rows
from odd17.core.programmes.plain import marks_from_plain, marks_to_plain, programme_from_plain, programme_to_plain
from odd17.core.programmes.programme import Horizon, Programme
from odd17.core.programmes.report_2020 import report_programme
from odd17.core.programmes.reviews import Mark

HEADER = ("Numéro", "Mesure", "Dimension", "Chantiers", "Premiers effets (mois)", "Tous effets (mois)")


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
        ([("0", "a", "d")], HEADER[:3], 2, "Numéro", "numbered from 1"),
        ([("1", "a", "d", "", "3", "9000")], HEADER, 2, "Tous effets (mois)", "so many months"),
        ([("1", "", "d")], HEADER[:3], 2, "Mesure", "empty"),
        ([("1", "a", "")], HEADER[:3], 2, "Dimension", "empty"),
        ([("1", "a", "d", "", "9", "3")], HEADER, 2, "Tous effets (mois)", "before the first"),
        ([("1", "a", "d", "", "bientôt", "3")], HEADER, 2, "Premiers effets (mois)", "whole number"),
        ([("1", "a")], ("numero", "mesur", "dimension"), None, "mesure", "did you mean ‘mesur’"),
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


def test_every_fault_of_a_file_is_told_at_once_with_its_place() -> None:
    with pytest.raises(Faults) as caught:
        read(("1", "a", "d", "", "9", "3"), ("1", "", "d"), ("x", "c", ""), ("4", "d", "d"))
    told = [(one.row, one.column) for one in caught.value.faults]
    assert told == [
        (2, "Tous effets (mois)"), (3, "Numéro"), (3, "Mesure"), (4, "Numéro"), (4, "Dimension"),
    ]  # fmt: skip
    assert all(one.remedy for one in caught.value.faults)
    assert "two measures have this number (value 1)" in str(caught.value)
    assert caught.value.more == 0


def test_columns_that_are_missing_are_told_together() -> None:
    with pytest.raises(Faults) as caught:
        read(("1", "a", "d"), header=("number", "sujet", "axe"))
    assert [one.column for one in caught.value.faults] == ["mesure", "dimension"]


@given(st.integers(2, 3 * MOST))
def test_faults_beyond_a_bound_are_counted(count: int) -> None:
    with pytest.raises(Faults) as caught:
        read(*[("x", "a", "d")] * count)
    assert len(caught.value.faults) == min(count, MOST)
    assert len(caught.value.faults) + caught.value.more == count


def test_a_measure_does_not_cite_what_its_readers_cannot_open() -> None:
    header = ("number", "measure", "dimension", "evidence")
    with pytest.raises(DataError, match="readers cannot open") as caught:
        read(("1", "a", "d", "/alliances/7/"), header=header)
    assert (caught.value.row, caught.value.column) == (2, "evidence")


marks = st.dictionaries(
    st.integers(1, 40),
    st.builds(
        Mark, st.none() | st.sampled_from(["satisfactory"]), st.text(), st.lists(st.text(), max_size=3).map(tuple)
    ),
)


@given(marks)
def test_marks_come_back_as_they_were(told: dict[int, Mark]) -> None:
    assert marks_from_plain(marks_to_plain(told)) == told


def test_an_address_that_leads_nobody_anywhere_is_refused_and_words_are_not() -> None:
    header = ("number", "measure", "dimension", "evidence")
    rows = [(2, ("1", "a", "d", "/pratiques/1-a/ ; a study ; https://example.org/ ; /pratiques/2-b/"))]
    with pytest.raises(DataError, match="no such page for everybody") as caught:
        programme_of_rows(
            header, rows, id="p", title="Plan", published=date(2024, 1, 1), levels=report_programme().levels,
            opens=lambda address: address != "/pratiques/2-b/",
        )  # fmt: skip
    assert (caught.value.row, caught.value.column, caught.value.value) == (2, "evidence", "/pratiques/2-b/")
