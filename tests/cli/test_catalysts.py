"""``odd17 catalysts``: a file brought in twice, rows refused, and reminders."""

from __future__ import annotations

import csv
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from odd17.core.kernel.months import months_after

CONSENTED = months_after(datetime.now(tz=UTC).date(), -14)
ROWS = (
    "id,name,trades,territories,source,contact,email,consented\n"
    f"1,La Fabrique,support,69159,,Camille Exemple,camille@example.org,{CONSENTED}\n"
    "2,Sans accord,support,DEP-94,,Dominique Exemple,dominique@example.org,\n"
    "3,ANCT,support,FR,Rapport 2020,,,\n"
)


def run(home: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "odd17", "catalysts", *arguments],
        env=os.environ | {"ODD17_HOME": str(home), "ODD17_LANG": "en"} | environment,
        text=True, capture_output=True, check=False,
    )  # fmt: skip


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("home")


def names(home: Path) -> list[str]:
    with closing(sqlite3.connect(next(home.glob("*.sqlite3")))) as base:
        return [name for (name,) in base.execute("SELECT name FROM catalysts_catalystentry ORDER BY id")]


def test_a_file_is_brought_in_once_what_has_no_consent_is_listed_and_holders_are_reminded(
    home: Path, tmp_path: Path
) -> None:
    file = tmp_path / "reseau.csv"
    file.write_text(ROWS, encoding="utf-8")
    tried = run(home, "import", str(file), "--dry-run")
    assert tried.returncode == 1
    assert "Nothing was written. New: 2" in tried.stdout
    assert names(home) == []
    first = run(home, "import", str(file))
    assert first.returncode == 1
    assert "New: 2; renewed: 0; unchanged: 0." in first.stdout
    assert "69159 is of an older vintage, carried to COM-69114" in first.stdout
    assert "1 of 3" in first.stderr
    assert names(home) == ["La Fabrique", "ANCT"]
    with (tmp_path / "reseau.rejected.csv").open(encoding="utf-8-sig") as stream:
        rejected = list(csv.DictReader(stream))
    assert {item["row"] for item in rejected} == {"3"}
    assert "personal data without a recorded consent" in {item["reason"] for item in rejected}
    again = run(home, "import", str(file))
    assert "New: 0; renewed: 0; unchanged: 2." in again.stdout
    asked = run(home, "remind", "--dry-run")
    assert (asked.returncode, asked.stderr) == (0, "")
    assert "To be asked: 1" in asked.stdout
    assert "Asked: 1; erased: 0." in run(home, "remind").stdout
    assert "Asked: 0; erased: 0." in run(home, "remind").stdout


def test_a_file_that_is_not_there_is_said(home: Path, tmp_path: Path) -> None:
    missing = run(home, "import", str(tmp_path / "rien.csv"))
    assert missing.returncode == 1
    assert "rien.csv" in missing.stderr
    assert "Traceback" not in missing.stderr
