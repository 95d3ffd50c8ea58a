"""Codes of territories that are wrong: what, where and what to do, nothing left behind."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from .conftest import Desk


def test_a_file_without_the_column_of_codes_names_the_near_one(desk: Desk) -> None:
    error = desk.refusal("codgeos;taux\n01;7\n")
    assert error.column == "codgeo"
    assert "did you mean 'codgeos'" in str(error.remedy)


def test_a_duplicate_key_names_both_rows(desk: Desk) -> None:
    error = desk.refusal("codgeo;taux\n01;7\n02;8\n01;9\n")
    assert "rows 2, 4" in error.message
    assert (error.row, error.value) == (4, "DEP-01")


def test_an_unknown_code_names_near_ones(desk: Desk) -> None:
    error = desk.refusal("codgeo;taux\n01;7\n02;8\n20;9\n")
    assert (error.row, error.column, error.value) == (4, "codgeo", "20")
    assert "2A, 2B" in str(error.remedy)


def test_a_code_of_another_vintage_asks_for_the_vintage(desk: Desk) -> None:
    content = "codgeo;taux\n69001;7\n69002;7\n69159;8\n"
    here = {"column": "codgeo", "level": "COM", "vintage": 2026}
    error = desk.refusal(content, territories=here)
    assert (error.row, error.value) == (4, "69159")
    assert "state its `vintage`" in str(error.remedy)
    rows = desk.rows(content, territories=here | {"vintage": 2023})
    assert rows["vintage"].to_list() == [2023] * 3


def test_a_municipal_arrondissement_is_not_counted_beside_its_commune(desk: Desk) -> None:
    content = "codgeo;taux\n75056;7\n69123;7\n75101;8\n"
    here = {"column": "codgeo", "level": "COM", "vintage": 2026}
    error = desk.refusal(content, territories=here)
    assert "part of the commune 75056" in error.message
    left_out = desk.load(content, territories=here | {"codes": {"75101": None}})
    assert (left_out.findings.left_out, left_out.snapshot.observations) == (1, 2)


def test_a_lost_leading_zero_is_offered_and_not_done(desk: Desk) -> None:
    content = "codgeo;taux\n1;7\n2;8\n"
    error = desk.refusal(content)
    assert "row 2" in error.message
    assert "row 3" in error.message
    assert "write 01, or add `pad: true`" in error.message
    padded = desk.rows(content, territories={"column": "codgeo", "level": "DEP", "vintage": 2026, "pad": True})
    assert padded["territory"].to_list() == ["DEP-01", "DEP-02"]


@pytest.mark.parametrize("code", ["2.0", "2,0", "2e0", "2E+0", "2.00E+08"])
def test_a_code_turned_into_a_number(desk: Desk, code: str) -> None:
    error = desk.refusal(f'codgeo;taux\n01;7\n02;7\n03;7\n"{code}";8\n')
    assert (error.row, error.value) == (5, code)
    assert error.message == "a program turned this code into a number"
    assert "2A" in str(error.remedy)


def test_codes_that_a_workbook_holds_as_numbers(desk: Desk, workbook: Callable[..., bytes]) -> None:
    error = desk.refusal(workbook([["codgeo", "taux"], [1, 7.5], ["2A", 8.0]]), "rates.xlsx")
    assert (error.row, error.value) == (2, "1")
    assert "leading zero" in error.message


def test_codes_of_another_level_get_the_list_of_levels(desk: Desk) -> None:
    content = "codgeo;taux\n" + "".join(f"00{at};7\n" for at in range(50, 60))
    for level in ("DEP", "EPCI", "COM", "REG"):
        error = desk.refusal(content, territories={"column": "codgeo", "level": level, "vintage": 2010})
        assert f"not codes of the level {level}" in error.message
        assert "EPCI (EPCI (inter-municipality))" in str(error.remedy)


def test_a_form_that_does_not_tell_the_level(desk: Desk) -> None:
    here = {"column": "codgeo", "vintage": 2026}
    error = desk.refusal("codgeo;taux\n53;7\n35238;8\n", territories=here)
    assert (error.row, error.value) == (2, "53")
    rows = desk.rows("codgeo;taux\n35238;7\n2A;1\n200039915;1\nREG-53;1\nFR;1\n971;1\n", territories=here)
    assert rows["level"].to_list() == ["COM", "DEP", "DEP", "EPCI", "FR", "REG"]


def test_a_row_with_figures_and_no_code(desk: Desk) -> None:
    error = desk.refusal("codgeo;taux\n01;7\n;8\n\n02;9\n")
    assert (error.row, error.message) == (3, "the row has figures and no code")
