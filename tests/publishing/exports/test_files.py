"""What is written reads back the same, in each format, and no cell is ever run."""

from __future__ import annotations

import csv
import io

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from odd17.publishing.exports import Column, Kind, Table, french_csv, guarded, strict_csv, xlsx

COLUMNS = (
    Column("name", "Nom"),
    Column("value", "Valeur", Kind.NUMBER, 2),
    Column("count", "Nombre", Kind.INTEGER),
    Column("absence", "Absence"),
)


def table(*rows: tuple[str | float | int | None, ...]) -> Table:
    notes = ("Étude d’un lieu ; Octobre 2019", "=HYPERLINK(1)")
    return Table("odd17-test", "Un tableau", COLUMNS, rows, notes, "2026-01-01-abcdef01", "Données", "Sources")


def strict(made: Table) -> list[list[str]]:
    return list(csv.reader(io.StringIO(strict_csv(made).decode("utf-8"), newline="")))


def french(made: Table) -> list[list[str]]:
    return list(csv.reader(io.StringIO(french_csv(made).decode("utf-8-sig"), newline=""), delimiter=";"))


ROWS = (("Île-de-France", -1234.5, 7, None), ("Zéro", 0.0, 0, None), ("Absent", None, None, "secret statistique"))


def test_strict_csv() -> None:
    assert strict(table(*ROWS)) == [
        ["name", "value", "count", "absence"],
        ["Île-de-France", "-1234.5", "7", ""],
        ["Zéro", "0.0", "0", ""],
        ["Absent", "", "", "secret statistique"],
    ]
    assert not strict_csv(table(*ROWS)).startswith(b"\xef\xbb\xbf")


def test_french_csv() -> None:
    assert french_csv(table(*ROWS)).startswith(b"\xef\xbb\xbf")
    assert french(table(*ROWS))[:2] == [["Nom", "Valeur", "Nombre", "Absence"], ["Île-de-France", "-1234,5", "7", ""]]


def test_workbook() -> None:
    book = openpyxl.load_workbook(io.BytesIO(xlsx(table(*ROWS))))
    assert book.sheetnames == ["Données", "Sources"]
    data = book["Données"]
    assert [[cell.value for cell in row] for row in data.rows] == [
        ["Nom", "Valeur", "Nombre", "Absence"],
        ["Île-de-France", -1234.5, 7, None],
        ["Zéro", 0, 0, None],
        ["Absent", None, None, "secret statistique"],
    ]
    assert [cell.data_type for cell in data[2]][:3] == ["s", "n", "n"]
    assert data.freeze_panes == "A2"
    assert [row[0].value for row in book["Sources"].rows][:2] == ["Un tableau", "Étude d’un lieu ; Octobre 2019"]


def test_the_same_table_gives_the_same_workbook() -> None:
    assert xlsx(table(*ROWS)) == xlsx(table(*ROWS))


@given(st.lists(st.tuples(st.floats(-1e12, 1e12), st.integers(-(10**9), 10**9)), max_size=20))
def test_numbers_make_the_round_trip(rows: list[tuple[float, int]]) -> None:
    made = table(*(("a", value, count, None) for value, count in rows))
    assert [(float(row[1]), int(row[2])) for row in strict(made)[1:]] == rows
    assert [(float(row[1].replace(",", ".")), int(row[2])) for row in french(made)[1:]] == rows


@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]), max_size=40))
def test_words_make_the_round_trip(text: str) -> None:
    assert strict(table((text, None, None, None)))[1][0] == guarded(text)


HOSTILE = ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", '=cmd|"/c calc"!A1']


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_is_a_formula(text: str) -> None:
    made = table((text, -1.0, 1, text))
    for row in (strict(made)[1], french(made)[1]):
        assert row[0] == f"'{text}"
        assert row[1].startswith("-1")
    book = openpyxl.load_workbook(io.BytesIO(xlsx(made)))
    cells = [cell for sheet in book for row in sheet.rows for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n"}
    assert book["Données"]["B2"].value == -1


@pytest.mark.parametrize(
    ("row", "message"),
    [
        (("a", 1.0, 1), "3 cells"),
        (("a", "1", 1, None), "'value'"),
        ((1.0, 1.0, 1, None), "'name'"),
        (("a", float("nan"), 1, None), "finite"),
    ],
)
def test_a_row_that_does_not_fit_is_refused(row: tuple[str | float | int | None, ...], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        table(row)
