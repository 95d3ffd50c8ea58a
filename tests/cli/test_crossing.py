"""``odd17 diagnose --crossing``: plain words where there is no study, every eye where there are."""

from __future__ import annotations

import csv
import io
import json
import sys
from collections.abc import Callable
from pathlib import Path

import pypdf
import pytest

from odd17.cli import main
from odd17.workflows.build_release import build_release
from odd17.workflows.demonstration import build_demonstration

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with a real release, without a study, and the demonstration."""
    folder = tmp_path_factory.mktemp("home")
    build_release(home=folder)
    build_demonstration(folder)
    return folder


@pytest.fixture
def odd17(home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run the command and give its exit code, what it printed, and what it complained of."""
    monkeypatch.setenv("ODD17_HOME", str(home))
    monkeypatch.setenv("COLUMNS", "200")

    def run(*arguments: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["odd17", "diagnose", *arguments])
        with pytest.raises(SystemExit) as caught:
            main()
        printed = capsys.readouterr()
        return int(caught.value.code or 0), printed.out, printed.err

    return run


def test_without_a_study_it_says_what_to_do(odd17: Run) -> None:
    code, out, _ = odd17("REG-53", "--crossing")
    assert code == 0
    assert "Aucune étude de cette publication ne dit ce qui est vu ici." in out
    assert "odd17 survey import" in out
    assert "odd17 demonstration" in out


def test_the_table_has_every_eye_and_the_reasons_of_the_first_priorities(odd17: Run, home: Path) -> None:
    code, out, _ = odd17("REG-53", "--crossing", "--demonstration")
    assert code == 0
    assert out.startswith("Données fictives · Bretagne (REG-53)")
    for words in (
        "Citoyens",
        "Élus locaux",
        "Entreprises",
        "Associations",
        "les chiffres",
        "Premières priorités",
    ):
        assert words in out
    assert "n = 165" in out
    assert "personne n’a été interrogé" in out  # the mention
    assert "répondants" in out


def test_no_word_is_cut_in_a_terminal_of_80_columns(odd17: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    _, out, _ = odd17("REG-94", "--crossing", "--demonstration")
    assert "…" not in out
    assert "fiabilité faible" in " ".join(out.split())
    assert max(map(len, out.splitlines())) <= 80


def test_a_share_that_is_withheld_is_said_so(odd17: Run) -> None:
    _, out, _ = odd17("REG-94", "--crossing", "--demonstration", "--language", "en")
    assert "too few respondents" in out


def test_it_is_written_as_json_and_as_tables(odd17: Run, tmp_path: Path) -> None:
    _, out, _ = odd17("REG-53", "--crossing", "--demonstration", "--format", "json")
    assert json.loads(out)["territory"]["id"] == "REG-53"
    _, out, _ = odd17("REG-53", "--crossing", "--demonstration", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(out)))
    assert {row["measure"] for row in rows} == {"score", "fragile", "lived", "priority", "acts", "intends"}
    file = tmp_path / "crossing.xlsx"
    code, out, _ = odd17("REG-53", "--crossing", "--demonstration", "--format", "xlsx", "--out", str(file))
    assert code == 0
    assert file.read_bytes()[:2] == b"PK"
    file = tmp_path / "crossing.txt"
    odd17("REG-53", "--crossing", "--demonstration", "--out", str(file))
    assert "Bretagne" in file.read_text(encoding="utf-8")


def test_a_crossing_is_of_one_territory(odd17: Run) -> None:
    code, _, err = odd17("REG-53", "--crossing", "--compare", "REG-52")
    assert code == 2
    assert "--compare" in err


def test_the_report_of_the_demonstration_has_the_crossing(odd17: Run, tmp_path: Path) -> None:
    file = tmp_path / "report.pdf"
    code, _, _ = odd17("REG-53", "--crossing", "--demonstration", "--format", "pdf", "--out", str(file))
    assert code == 0
    text = "".join(page.extract_text() for page in pypdf.PdfReader(file).pages)
    assert "Regards croisés" in text
    assert "DONNÉES FICTIVES" in text


def test_json_says_whether_its_studies_are_made_up(odd17: Run) -> None:
    for options, fictitious in (((), False), (("--demonstration",), True)):
        code, out, _ = odd17("REG-53", "--crossing", "--format", "json", *options)
        assert code == 0
        assert json.loads(out)["fictitious"] is fictitious


def test_the_demonstration_is_read_for_its_studies_alone(odd17: Run) -> None:
    code, _, err = odd17("REG-53", "--demonstration")
    assert code == 2
    assert "--crossing" in err
