"""The small tables that people send: CSV or a workbook, whose first sheet is read."""

from __future__ import annotations

import io

import openpyxl
import pytest

from odd17.core.kernel import DataError
from odd17.store.small_tables import MOST_ROWS, read_small_table


def _workbook(*sheets: list[list[object]]) -> bytes:
    book = openpyxl.Workbook()
    for place, rows in enumerate(sheets):
        sheet = book.active if place == 0 else book.create_sheet()
        for row in rows:
            sheet.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def test_of_a_workbook_the_first_sheet_is_read() -> None:
    header, rows = read_small_table(_workbook([["number", "measure"], [1, "Plant"]], [["notes"], ["x"]]), "plan.xlsx")
    assert header == ("number", "measure")
    assert rows == ((2, ("1", "Plant")),)


def test_blank_rows_are_passed_over_and_rows_keep_their_numbers() -> None:
    header, rows = read_small_table(b"\n;\na;b\n\n1;2\n;\n3;4\n", "plan.csv")
    assert header == ("a", "b")
    assert rows == ((5, ("1", "2")), (7, ("3", "4")))


@pytest.mark.parametrize(
    ("data", "name", "words"),
    [
        (b"", "plan.csv", "the file is empty"),
        (b"a;b\n", "plan.csv", "no row"),
        (b'a;b\n1;"2\n', "plan.csv", "cannot be read"),
        (b"a\n" + b"1\n" * (MOST_ROWS + 1), "plan.csv", "more than 5,000 rows"),
    ],
)
def test_what_is_no_small_table_is_refused(data: bytes, name: str, words: str) -> None:
    with pytest.raises(DataError, match=words):
        read_small_table(data, name)
