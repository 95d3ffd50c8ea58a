"""``odd17 data`` in a process of its own: what it prints, what it writes, and its exit codes."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

DATASET = """\
id: unemployment
title: Unemployment
source: {producer: P, citation: C, licence: Licence Ouverte, published: 2019-06-01}
territories: {column: codgeo, level: DEP, vintage: 2026}
period: 2019
missing: {s: [Q, C]}
columns: {taux: unemployment_rate}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "unemployment.yml").write_text(DATASET)
    (tmp_path / "rates.csv").write_text("codgeo;taux\n01;7,5\n2A;8,25\n35;s\n")
    (tmp_path / "wrong.csv").write_text("codgeo;taux\n01;7,5\n2A;huit\n")
    return tmp_path


def odd17(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"ODD17_HOME": str(folder / "home"), "COLUMNS": "120"}
    command = [sys.executable, "-c", "from odd17.cli import main; main()", "data", *arguments]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


def test_check_then_import_then_list(folder: Path) -> None:
    checked = odd17(folder, "check", "rates.csv", "--dataset", "unemployment.yml")
    assert checked.returncode == 0, checked.stderr
    assert "unemployment_rate" in checked.stdout
    assert "1 suppressed" in checked.stdout
    assert "Nothing was written" in checked.stdout
    assert not (folder / "home").exists()

    imported = odd17(folder, "import", "rates.csv", "--dataset", "unemployment.yml")
    assert imported.returncode == 0, imported.stderr
    assert "3 figures kept" in imported.stdout
    assert "nothing changed" in odd17(folder, "import", "rates.csv", "--dataset", "unemployment.yml").stdout

    listed = odd17(folder, "list")
    assert "rates.csv" in listed.stdout
    assert "Licence Ouverte" in listed.stdout


def test_bad_data_is_exit_code_1_and_one_message(folder: Path) -> None:
    for verb in ("check", "import"):
        done = odd17(folder, verb, "wrong.csv", "--dataset", "unemployment.yml")
        assert done.returncode == 1
        assert "wrong.csv, row 3, column 'taux': not a number (value 'huit'). Remedy:" in done.stderr
        assert "Traceback" not in done.stderr
    assert not (folder / "home").exists()


def test_what_is_found_is_said_in_french_to_who_asks_for_it(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ODD17_LANG", "fr")
    done = odd17(folder, "check", "wrong.csv", "--dataset", "unemployment.yml")
    said = f"{done.stdout}{done.stderr}".replace("\u00a0", " ").replace("\u202f", " ")
    assert "2 lignes de wrong.csv." in said
    assert "dans le COG courant" in said
    assert "wrong.csv, ligne 3, colonne « taux » : ce n’est pas un nombre (valeur « huit »). À faire : corrigez" in said
    assert "not a number" not in said


def test_wrong_usage_is_exit_code_2(folder: Path) -> None:
    assert odd17(folder, "import", "rates.csv").returncode == 2
    assert odd17(folder, "imports").returncode == 2


def test_an_empty_list_says_how_to_begin(folder: Path) -> None:
    done = odd17(folder, "list")
    assert done.returncode == 0
    assert "odd17 data import FILE --dataset DATASET.yml" in done.stdout
