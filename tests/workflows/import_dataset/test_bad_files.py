"""Files that are wrong as a whole: what, where and what to do, nothing left behind."""

from __future__ import annotations

import gzip
import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from odd17.core.kernel import DataError
from odd17.store.reading import contents

if TYPE_CHECKING:
    from .conftest import Desk

GOOD = "codgeo;taux\n01;7,5\n2A;8,25\n"


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


def test_a_column_that_is_absent_names_the_near_one(desk: Desk) -> None:
    error = desk.refusal("codgeo;taux_2019\n01;7\n")
    assert (error.column, error.message) == ("taux", "the file has no such column")
    assert "did you mean 'taux_2019'" in str(error.remedy)


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


def test_a_workbook_of_several_sheets_asks_which(desk: Desk, workbook: Callable[..., bytes]) -> None:
    data = workbook([["codgeo", "taux"], ["01", 7.5]], sheets=2)
    assert "'Sheet 0', 'Sheet 1'" in str(desk.refusal(data, "rates.xlsx").remedy)
    assert desk.refusal(data, "rates.xlsx", file={"sheet": "Other"}).value == "Other"
    assert desk.rows(data, "rates.xlsx", file={"sheet": "Sheet 1"}).height == 1


def test_a_footnote_ends_the_data_where_the_dataset_file_says_so(desk: Desk) -> None:
    content = "Titre\n\ncodgeo;taux\n01;7\n02;8\nSource : Insee, 2019\n"
    assert "until" in str(desk.refusal(content))
    assert desk.rows(content, file={"until": "Source"}).height == 2


def test_check_writes_nothing(desk: Desk) -> None:
    findings = desk.check(GOOD)
    assert not findings.errors
    assert not desk.home.exists()


def test_data_errors_name_no_folder(desk: Desk) -> None:
    with pytest.raises(DataError) as caught:
        desk.load("codgeo;taux\n01;x\n")
    assert str(desk.folder) not in str(caught.value)
