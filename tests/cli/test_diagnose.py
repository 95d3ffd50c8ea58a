from __future__ import annotations

import csv
import io
import json
import sys
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from odd17.cli import main
from odd17.workflows.build_release import build_release

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home whose current release is that of the shipped data."""
    folder = tmp_path_factory.mktemp("home")
    build_release(home=folder)
    return folder


@pytest.fixture
def odd17(home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run the command and give its exit code, what it printed, and what it complained of."""
    monkeypatch.setenv("ODD17_HOME", str(home))
    monkeypatch.setenv("COLUMNS", "140")

    def run(*arguments: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["odd17", *arguments])
        with pytest.raises(SystemExit) as caught:
            main()
        printed = capsys.readouterr()
        return int(caught.value.code or 0), printed.out, printed.err

    return run


def test_a_table_in_french(odd17: Run) -> None:
    code, printed, _ = odd17("diagnose", "REG-53")
    assert code == 0
    assert "Bretagne (REG-53)" in printed
    assert "rang 12 ex æquo sur 13" in printed
    assert "7,2\u00a0%" in printed
    assert "Etude IMPACT - Territoires" in printed
    assert "parmi les 13 régions métropolitaines" in printed
    assert printed.count("Emploi") >= 2  # its row, and a strength


def test_a_table_in_english_beside_another(odd17: Run) -> None:
    code, printed, _ = odd17("diagnose", "REG-53", "--compare", "Hauts-de-France", "--language", "en")
    assert code == 0
    assert "joint rank 12 of 13" in printed
    assert "Hauts-de-France: 10.8%" in printed
    assert "Domaine" not in printed


def test_every_domain_without_figure_is_named_with_its_reason(odd17: Run) -> None:
    _, printed, _ = odd17("diagnose", "EPCI-243500139")
    for name in ("Sport", "Santé", "Éducation", "Transition énergétique"):
        assert name in printed
    assert "Pas encore de donnée" in printed


def test_a_table_is_written_whole(odd17: Run, tmp_path: Path) -> None:
    out = tmp_path / "bretagne.txt"
    code, printed, _ = odd17("diagnose", "REG-53", "--out", str(out))
    assert code == 0
    assert str(out) in printed.replace("\n", "")
    assert "Bretagne (REG-53)" in out.read_text(encoding="utf-8")
    assert [path.name for path in tmp_path.iterdir()] == ["bretagne.txt"]


def test_json_is_stable_and_gives_raw_numbers(odd17: Run, home: Path) -> None:
    code, printed, _ = odd17("diagnose", "REG-53", "--format", "json")
    assert code == 0
    found = json.loads(printed)
    assert len(found["domains"]) == 16
    employment = found["domains"][0]
    assert employment["figures"][0]["value"] == 7.2
    rank = employment["score"]["rank"]
    assert (rank["value"], rank["of"], rank["tied"]) == (12, 13, 1)
    assert (rank["peers"], rank["population_class"]) == ("REG-metropolitan", None)
    assert found["overall"]["refusal"]["code"] == "too_many_missing"
    assert odd17("diagnose", "REG-53", "--format", "json")[1] == printed


def test_csv_for_programs_and_for_a_french_spreadsheet(odd17: Run) -> None:
    _, strict, _ = odd17("diagnose", "REG-53", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(strict)))
    (jobless,) = (row for row in rows if row["indicator"] == "unemployment_rate" and row["territory"] == "REG-53")
    assert float(jobless["value"]) == 7.2
    assert jobless["citation"].startswith("Etude IMPACT - Territoires")
    _, french, _ = odd17("diagnose", "REG-53", "--format", "tableur-fr")
    assert french.startswith("\ufeff")
    assert ";7,2;" in french


def test_a_workbook_is_written_and_never_shown(odd17: Run, tmp_path: Path) -> None:
    code, _, complaint = odd17("diagnose", "REG-53", "--format", "xlsx")
    assert code == 2
    assert "--out" in complaint
    out = tmp_path / "bretagne.xlsx"
    assert odd17("diagnose", "REG-53", "--format", "xlsx", "--out", str(out))[0] == 0
    book = openpyxl.load_workbook(out, read_only=True)
    assert any("Bretagne" in row for row in book.worksheets[0].iter_rows(values_only=True))
    book.close()


def test_the_report_is_a_pdf(odd17: Run, tmp_path: Path) -> None:
    out = tmp_path / "bretagne.pdf"
    assert odd17("diagnose", "REG-53", "--format", "pdf", "--out", str(out))[0] == 0
    assert out.read_bytes().startswith(b"%PDF-")
    assert odd17("diagnose", "REG-53", "--format", "pdf")[0] == 2
    code, _, complaint = odd17("diagnose", "REG-53", "--format", "pdf", "--out", str(out), "--compare", "REG-52")
    assert code == 2
    assert "--compare" in complaint


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["Bretagn"], "Did you mean"),
        (["53"], "choose one of REG-53, DEP-53"),
        (["REG-53", "--compare", "nowhere at all"], "No territory is called"),
        (["REG-53", "--out", "absent/folder/file.txt"], "cannot be written"),
        (["REG-53", "--language", "de"], "The value of --language cannot be used: it is none of"),
        ([], "is missing."),
    ],
)
def test_a_wrong_request_exits_with_2(odd17: Run, arguments: list[str], message: str) -> None:
    code, printed, complaint = odd17("diagnose", *arguments)
    assert code == 2
    assert message in complaint
    assert "Traceback" not in printed + complaint


def test_without_a_release_it_exits_with_1(odd17: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ODD17_HOME", str(tmp_path / "empty"))
    code, _, complaint = odd17("diagnose", "REG-53")
    assert code == 1
    assert "odd17 release build" in complaint


def test_a_name_shared_with_villages_is_the_regions_and_those_set_aside_are_said(odd17: Run) -> None:
    code, printed, complaint = odd17("diagnose", "Bretagne", "--compare", "paris")
    assert code == 0
    assert "Bretagne (REG-53)" in printed
    assert "set aside: COM-90019 (Bretagne), COM-36024 (Bretagne)" in complaint
    assert "set aside: COM-75056 (Paris)" in complaint
    code, _, complaint = odd17("diagnose", "53")
    assert code == 2
    assert "REG-53, DEP-53" in complaint
