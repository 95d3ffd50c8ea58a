"""Periods and values that are wrong: what, where and what to do, nothing left behind."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import polars as pl
import pytest
import xlsxwriter

if TYPE_CHECKING:
    from .conftest import Desk

GOOD = "codgeo;taux\n01;7,5\n2A;8,25\n"


def test_two_periods_mixed(desk: Desk) -> None:
    error = desk.refusal("codgeo;annee;taux\n01;2019;7\n02;2018;8\n")
    assert (error.row, error.column, error.value) == (3, "annee", "2018")
    assert "two periods are mixed" in error.message
    assert "period: {column: annee}" in str(error.remedy)


def test_a_file_of_another_period(desk: Desk) -> None:
    error = desk.refusal("codgeo;annee;taux\n01;2018;7\n02;2018;8\n")
    assert "the file is of another period" in error.message
    ignoring = desk.rows("codgeo;annee;taux\n01;2018;7\n02;2018;8\n", file={"ignored": ["annee"]})
    assert ignoring["period"].unique().to_list() == ["2019"]


def test_years_and_quarters_mixed_in_one_column(desk: Desk) -> None:
    error = desk.refusal("codgeo;annee;taux\n01;2019;7\n02;2019-Q1;8\n", period={"column": "annee"})
    assert error.message == "two kinds of periods are mixed"
    assert "2019, 2019-Q1" in str(error.value)


def test_a_period_that_is_none(desk: Desk) -> None:
    error = desk.refusal("codgeo;annee;taux\n01;2019;7\n02;1er janvier 2014;8\n", period={"column": "annee"})
    assert (error.row, error.column, error.value) == (3, "annee", "1er janvier 2014")
    error = desk.refusal("codgeo;annee;taux\n01;2019;7\n02;;8\n", period={"column": "annee"})
    assert (error.row, error.message) == (3, "the row has a figure and no period")


@pytest.mark.parametrize("value", ["100,1", "-0,5"])
def test_a_percentage_outside_its_bounds(desk: Desk, value: str) -> None:
    content = f"codgeo;taux\n01;7\n02;{value}\n"
    error = desk.refusal(content)
    assert (error.row, error.column, error.message) == (3, "taux", "a percentage outside 0 to 100")
    assert "bounded: false" in str(error.remedy)
    assert desk.rows(content, columns={"taux": {"indicator": "rate", "bounded": False}}).height == 2


def test_a_count_below_zero(desk: Desk) -> None:
    assert desk.refusal("codgeo;taux\n01;7\n02;-1\n", columns={"taux": "people"}).message == "a count below zero"


@pytest.mark.parametrize("value", ["sept", "7,5,1", "12 5", "7..5", "0x10", "=1+1", "N/A - secret statistique"])
def test_text_in_a_number(desk: Desk, value: str) -> None:
    error = desk.refusal(f"codgeo;taux\n01;7\n02;{value}\n")
    assert (error.row, error.column, error.value, error.message) == (3, "taux", value, "not a number")
    assert error.remedy


@pytest.mark.parametrize("value", ["inf", "-Inf", "NaN", "Infinity"])
def test_infinity_and_not_a_number(desk: Desk, value: str) -> None:
    error = desk.refusal(f"codgeo;taux\n01;7\n02;{value}\n")
    assert (error.row, error.value, error.message) == (3, value, "not a finite number")


def test_infinity_in_json_and_parquet(desk: Desk) -> None:
    error = desk.refusal('[{"codgeo": "01", "taux": NaN}]', "rates.json")
    assert (error.row, error.message) == (1, "not a finite number")
    buffer = io.BytesIO()
    pl.DataFrame({"codgeo": ["01", "02"], "taux": [1.5, float("inf")]}).write_parquet(buffer)
    error = desk.refusal(buffer.getvalue(), "rates.parquet")
    assert (error.row, error.message) == (2, "not a finite number")


def test_errors_are_listed_together_with_their_rows(desk: Desk) -> None:
    message = desk.refusal("codgeo;taux\n01;x\n02;y\nZZ;3\n03;101\n").message
    assert "4 problems" in message
    for place in ("row 2, column 'taux'", "row 3, column 'taux'", "row 4, column 'codgeo'", "row 5, column 'taux'"):
        assert place in message


def test_a_thousand_errors_make_a_short_message(desk: Desk) -> None:
    message = desk.refusal("codgeo;taux\n" + "ZZ;x\n" * 1000 + "".join(f"{at:02};1\n" for at in range(1, 20))).message
    assert len(message) < 6000


def test_an_error_of_a_formula_is_no_missing_value(desk: Desk) -> None:
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["codgeo", "taux"])
    sheet.write_row(1, 0, ["01", 7.5])
    sheet.write_row(2, 0, ["02"])
    sheet.write_formula(2, 1, "=1/0", None, "#DIV/0!")
    book.close()
    error = desk.refusal(buffer.getvalue(), "rates.xlsx")
    assert (error.row, error.value, error.message) == (3, "#DIV/0!", "an error of the spreadsheet")
    rows = desk.rows(buffer.getvalue(), "rates.xlsx", missing={"#DIV/0!": "M"})
    assert rows["obs_status"].to_list() == ["A", "M"]


def test_both_decimal_marks_in_a_column(desk: Desk) -> None:
    content = "codgeo;taux\n01;7,5\n02;8,5\n03;9.5\n"
    error = desk.refusal(content)
    assert (error.row, error.value) == (4, "9.5")
    assert "two decimal marks" in error.message
    assert desk.refusal(content, file={"decimal": ","}).message == "not a number"


def test_an_indicator_that_nothing_defines(desk: Desk) -> None:
    error = desk.refusal(GOOD, columns={"taux": "rates"})
    assert error.value == "rates"
    assert "did you mean rate" in str(error.remedy)


def test_shares_declared_as_percentages_are_noted(desk: Desk) -> None:
    content = "codgeo;taux\n" + "".join(f"{at:02};0,{at:02}\n" for at in range(1, 20))
    assert [item.message for item in desk.check(content).warnings] == [
        "no value is above 1: are these shares and not percentages?"
    ]
    scaled = desk.rows(content, columns={"taux": {"indicator": "rate", "scale": 100}})
    assert scaled["value"].to_list() == pytest.approx(list(range(1, 20)))


def test_a_ratio_that_is_not_that_of_its_parts_is_noted(desk: Desk) -> None:
    content = "codgeo;taux;n;d\n01;50,0;1;2\n02;33,3;1;3\n03;50,0;1;3\n"
    columns = {"taux": {"indicator": "ratio", "numerator": "n", "denominator": "d"}}
    ratio = {"name": {"fr": "R", "en": "R"}, "definition": {"fr": "R", "en": "R"}, "unit": "percent"}
    ratio |= {"direction": "unknown", "factor": 100, "numerator": "n", "denominator": "d"}
    findings = desk.check(content, columns=columns, indicators={"ratio": ratio})
    assert [(item.row, item.count) for item in findings.warnings] == [(4, 1)]
    assert not findings.errors
