"""Each kind of bad input: a message that says what, where and what to do, and nothing left behind."""

from __future__ import annotations

import gzip
import io
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl
import pytest
import xlsxwriter

from odd17.core.kernel import DataError
from odd17.store.reading import contents

if TYPE_CHECKING:
    from .conftest import Desk

GOOD = "codgeo;taux\n01;7,5\n2A;8,25\n"


def workbook(rows: list[list[object]], *, sheets: int = 1) -> bytes:
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    for number in range(sheets):
        sheet = book.add_worksheet(f"Sheet {number}")
        for at, row in enumerate(rows):
            sheet.write_row(at, 0, row)
    book.close()
    return buffer.getvalue()


def test_a_wrong_separator_is_named(desk: Desk) -> None:
    error = desk.refusal("codgeo,taux\n01,7.5\n", file={"delimiter": ";"})
    assert error.file == "rates.csv"
    assert "comma" in error.message
    assert 'delimiter: ","' in str(error.remedy)


def test_decimal_commas_between_commas_are_a_row_with_too_many_cells(desk: Desk) -> None:
    error = desk.refusal("codgeo,taux\n01,7.5\n02,8,5\n")
    assert (error.row, error.message) == (3, "the row has 3 cells and the header 2")
    assert "decimal commas" in str(error.remedy)


def test_a_stated_encoding_that_is_not_the_file_s(desk: Desk) -> None:
    text = "codgeo;nom;taux\n01;Ain;7\n2A;Corse-du-Sud;8\n09;Ariège;9\n"
    error = desk.refusal(text.encode("cp1252"), file={"encoding": "utf-8"})
    assert (error.row, error.message) == (4, "not UTF-8 text")
    assert "Ariège" in str(error.value)
    error = desk.refusal(text.encode("utf-8"), file={"encoding": "cp1252"})
    assert (error.row, error.message) == (4, "the file is in UTF-8, not in cp1252")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_encodings_of_offices_are_found_out(desk: Desk, encoding: str) -> None:
    rows = desk.rows("codgeo;Taux chômé\n01;7,5\n".encode(encoding), columns={"Taux chômé": "rate"})
    assert rows.select("territory", "value").rows() == [("DEP-01", 7.5)]


@pytest.mark.parametrize("content", [b"", b"\n\n  \n", b"\xef\xbb\xbf"])
def test_an_empty_file(desk: Desk, content: bytes) -> None:
    assert "the file is empty" in desk.refusal(content).message


@pytest.mark.parametrize("content", ["codgeo;taux\n", "codgeo;taux\n;\n\n"])
def test_a_header_only(desk: Desk, content: str) -> None:
    assert "no row" in desk.refusal(content).message


def test_a_file_without_the_column_of_codes_names_the_near_one(desk: Desk) -> None:
    error = desk.refusal("codgeos;taux\n01;7\n")
    assert error.column == "codgeo"
    assert "did you mean 'codgeos'" in str(error.remedy)


def test_a_column_that_is_absent_names_the_near_one(desk: Desk) -> None:
    error = desk.refusal("codgeo;taux_2019\n01;7\n")
    assert (error.column, error.message) == ("taux", "the file has no such column")
    assert "did you mean 'taux_2019'" in str(error.remedy)


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


def test_codes_that_a_workbook_holds_as_numbers(desk: Desk) -> None:
    error = desk.refusal(workbook([["codgeo", "taux"], [1, 7.5], ["2A", 8.0]]), "rates.xlsx")
    assert (error.row, error.value) == (2, "1")
    assert "leading zero" in error.message


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


@pytest.mark.parametrize("quote", ["", '"'])
def test_a_cell_of_ten_megabytes(desk: Desk, quote: str) -> None:
    cell = quote + "9x" * (5 * 2**20) + quote
    error = desk.refusal(f"codgeo;taux\n01;7\n02;{cell}\n")
    assert "row 3" in str(error)
    assert "characters" in str(error) or "field limit" in str(error)
    assert len(str(error)) < 1500


def test_a_code_of_ten_megabytes(desk: Desk) -> None:
    error = desk.refusal("codgeo;taux\n01;7\n02;7\n03;7\n" + "9" * (10 * 2**20) + ";7\n")
    assert error.row == 5
    assert len(str(error)) < 1000


def test_a_workbook_that_is_a_zip_bomb(desk: Desk) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * (64 * 2**20))
    error = desk.refusal(buffer.getvalue(), "rates.xlsx")
    assert "would unpack to 64 MB" in error.message


def test_a_zip_bomb_whose_directory_lies(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * (64 * 2**20))
    data = bytearray(buffer.getvalue())
    stated = (64 * 2**20).to_bytes(4, "little")
    assert data.count(stated) == 2
    lying = bytes(data).replace(stated, (1000).to_bytes(4, "little"))
    assert "would unpack" in desk.refusal(lying, "rates.xlsx").message


def test_a_gzip_bomb(desk: Desk) -> None:
    assert "would unpack" in desk.refusal(gzip.compress(b"0" * (64 * 2**20)), "rates.csv.gz").message


@pytest.mark.parametrize("cut", [1, 10])
def test_a_compressed_file_cut_short(desk: Desk, cut: int) -> None:
    assert "cut short" in desk.refusal(gzip.compress(GOOD.encode())[:-cut], "rates.csv.gz").message


def test_a_file_too_large(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(contents, "MAX_FILE_BYTES", 10)
    assert "more than" in desk.refusal(GOOD).message


def test_a_file_that_is_not_there(desk: Desk) -> None:
    error = desk.refusal(desk.folder / "absent.csv")
    assert "No such file" in error.message
    assert error.file == "absent.csv"


def test_a_file_that_vanishes_while_it_is_read(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    path = desk.write(GOOD)
    monkeypatch.setattr(Path, "open", vanishing(Path.open, path))
    error = desk.refusal(path)
    assert "Stale file handle" in error.message


def vanishing(original: object, target: Path) -> object:
    """An ``open`` whose file of ``target`` fails in the middle, as on a network drive that goes away."""

    class Gone(io.FileIO):
        def read(self, size: int = -1) -> bytes:
            raise OSError(116, "Stale file handle")

    def opening(self: Path, *args: object, **options: object) -> object:
        return Gone(str(self)) if self == target else original(self, *args, **options)  # type: ignore[operator]

    return opening


def test_a_file_that_grows_while_it_is_read(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    path = desk.write(GOOD)
    real = contents.os.fstat
    sizes = iter([0, 1])

    def growing(handle: int) -> object:
        found = list(real(handle))
        found[6] += next(sizes, 0)
        return contents.os.stat_result(found)

    monkeypatch.setattr(contents.os, "fstat", growing)
    assert "changed while it was read" in desk.refusal(path).message


def test_rows_cut_short(desk: Desk) -> None:
    error = desk.refusal("codgeo;taux;nom\n01;7;Ain\n02;8\n")
    assert error.row == 3
    assert "cut short" in error.message


def test_a_quote_that_is_never_closed(desk: Desk) -> None:
    error = desk.refusal('codgeo;taux\n01;7\n02;"8\n03;9\n')
    assert error.file == "rates.csv"
    assert "quote" in str(error) or "unexpected end" in str(error)


def test_a_binary_file(desk: Desk) -> None:
    assert "zero bytes" in desk.refusal(b"codgeo;taux\n01;\x00\x01\n").message


def test_a_workbook_that_is_none(desk: Desk) -> None:
    assert desk.refusal(b"PK\x03\x04 but no zip", "rates.xlsx").message == "a damaged workbook"
    assert "workbook" in desk.refusal(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 but no XLS", "rates.xls").message
    assert "Parquet" in desk.refusal(b"PAR1 but no Parquet", "rates.parquet").message
    assert "not JSON" in desk.refusal('[{"codgeo": ', "rates.json").message
    assert "list of records" in desk.refusal('{"codgeo": "01"}', "rates.json").message
    assert "list of records" in desk.refusal("[" * 100_000, "rates.json").message


def test_a_workbook_of_several_sheets_asks_which(desk: Desk) -> None:
    data = workbook([["codgeo", "taux"], ["01", 7.5]], sheets=2)
    assert "'Sheet 0', 'Sheet 1'" in str(desk.refusal(data, "rates.xlsx").remedy)
    assert desk.refusal(data, "rates.xlsx", file={"sheet": "Other"}).value == "Other"
    assert desk.rows(data, "rates.xlsx", file={"sheet": "Sheet 1"}).height == 1


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


def test_a_footnote_ends_the_data_where_the_dataset_file_says_so(desk: Desk) -> None:
    content = "Titre\n\ncodgeo;taux\n01;7\n02;8\nSource : Insee, 2019\n"
    assert "until" in str(desk.refusal(content))
    assert desk.rows(content, file={"until": "Source"}).height == 2


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


def test_check_writes_nothing(desk: Desk) -> None:
    findings = desk.check(GOOD)
    assert not findings.errors
    assert not desk.home.exists()


def test_data_errors_name_no_folder(desk: Desk) -> None:
    with pytest.raises(DataError) as caught:
        desk.load("codgeo;taux\n01;x\n")
    assert str(desk.folder) not in str(caught.value)
