"""``odd17 practices import``: real files through the command, and what it says."""

from __future__ import annotations

import csv
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

MAPPING = """
origin: essai
id: no
fields:
  title: nom
  need: texte
  domains: theme
  territories: lieu
  begun: debut
  ended: fin
partners:
  - {name: porteur, kind: {constant: association}, siren: siren}
"""
LIMOUSIN = """
origin: alternatiba-limousin
id: nom
fields:
  title: nom
  summary: {column: description, cut: true}
  alliance: description
  domains:
    column: taxonomie
    unknown: drop
    values:
      0dechet: environment
      citoyennete: social_ties
      economie: economic_development
      energie: energy_transition
      habitat: housing
      media_numerique: digital_access
      mobilite: mobility
      nature: environment
      sante: health
      solidarite: poverty_exclusion
  territories: {constant: REG-75}
  sources: site
  licence: {constant: licence non précisée}
partners:
  - {name: nom}
"""
HEADER = ("no", "nom", "texte", "theme", "lieu", "debut", "fin", "porteur", "siren")


def run(home: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "odd17", "practices", "import", *arguments],
        capture_output=True, text=True, check=False, env=os.environ | {"ODD17_HOME": str(home)} | environment,
    )  # fmt: skip


def stored(home: Path, origin: str, condition: str = "1") -> int:
    with closing(sqlite3.connect(home / "odd17.sqlite3")) as base:
        asked = f"select count(*) from practices_practice where origin = ? and {condition}"  # noqa: S608
        return int(base.execute(asked, [origin]).fetchone()[0])


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("practices")


@pytest.fixture
def mapping(tmp_path: Path) -> Path:
    path = tmp_path / "mapping.yml"
    path.write_text(MAPPING, encoding="utf-8")
    return path


def row(number: int) -> list[str]:
    return [str(number), f"Le rucher {number}", f"<b>{number}</b>", "Éducation", "Rennes", "2020-01-01", "2021-01-01",
            "Les abeilles", "732829320"]  # fmt: skip


def table(path: Path, rows: list[list[str]]) -> Path:
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file, delimiter=";").writerows([HEADER, *rows])
    return path


def test_fifty_thousand_rows_of_which_one_in_a_hundred_is_bad(home: Path, tmp_path: Path, mapping: Path) -> None:
    rows = [row(number) for number in range(50_000)]
    for at in range(0, 50_000, 400):
        rows[at][8] = "732829321"
        rows[at + 100][5:7] = ["2021-01-01", "2020-01-01"]
        rows[at + 200] = rows[at + 200][:4]
        rows[at + 300][4] = "Atlantide"
    file = table(tmp_path / "cas.csv", rows)
    found = run(home, str(file), "--mapping", str(mapping), "--publish")
    assert found.returncode == 1, found.stderr
    assert "rows that were not taken: 500 of 50,000; cas.rejected.csv says why" in found.stderr
    assert "New: 49,500; renewed: 0; unchanged: 0; made public: 49,500." in found.stdout
    assert stored(home, "essai", "live") == 49_500
    with (tmp_path / "cas.rejected.csv").open(encoding="utf-8-sig", newline="") as text:
        reasons = list(csv.DictReader(text))
    assert [item["row"] for item in reasons[:4]] == ["2", "102", "202", "302"]
    assert [item["column"] for item in reasons[:4]] == ["siren", "fin", "", "lieu"]
    assert all(item["reason"] and item["remedy"] for item in reasons)
    assert "no territory" in reasons[3]["reason"]
    again = run(home, str(file), "--mapping", str(mapping), "--publish")
    assert "New: 0; renewed: 0; unchanged: 49,500; made public: 0." in again.stdout


def test_a_mapping_that_names_absent_columns_is_refused(home: Path, tmp_path: Path, mapping: Path) -> None:
    file = tmp_path / "cas.csv"
    file.write_text("no,noms,texte\n1,a,b\n", encoding="utf-8")
    found = run(home, str(file), "--mapping", str(mapping))
    assert found.returncode == 1
    assert "did you mean 'noms'?" in found.stderr
    assert "Traceback" not in found.stderr


@pytest.mark.parametrize(
    ("arguments", "code"),
    [(("absent.csv", "--mapping", "m.yml"), 1), (("a.csv",), 2), ((), 2), (("a.csv", "--report"), 2)],
)
def test_what_is_asked_wrongly(home: Path, arguments: tuple[str, ...], code: int) -> None:
    found = run(home, *arguments)
    assert (found.returncode, "Traceback" in found.stderr) == (code, False)


def test_a_trial_writes_nothing(home: Path, tmp_path: Path, mapping: Path) -> None:
    mapping.write_text(MAPPING.replace("essai", "jamais"), encoding="utf-8")
    bad = row(2)
    bad[8] = "1"
    file = table(tmp_path / "cas.csv", [row(1), bad])
    found = run(home, str(file), "--mapping", str(mapping), "--dry-run")
    assert found.returncode == 1
    assert "Nothing was written. New: 1" in found.stdout
    assert "rows that cannot be taken: 1 of 2" in found.stderr
    assert not (tmp_path / "cas.rejected.csv").exists()
    assert stored(home, "jamais") == 0


def test_a_reason_is_told_in_french_and_never_as_a_formula(home: Path, tmp_path: Path, mapping: Path) -> None:
    bad = row(1)
    bad[4] = '=HYPERLINK("x")'
    file = table(tmp_path / "cas.csv", [bad])
    found = run(home, str(file), "--mapping", str(mapping), ODD17_LANG="fr")
    assert "cas.rejected.csv dit pourquoi" in found.stderr
    text = (tmp_path / "cas.rejected.csv").read_text(encoding="utf-8-sig")
    assert "\"'=HYPERLINK" in text
    assert "aucun territoire" in text


def test_what_the_report_cites_comes_once_and_stays_away_where_removed(home: Path) -> None:
    first = run(home, "--report")
    assert "New: 70; renewed: 0; unchanged: 0; made public: 70." in first.stdout
    assert stored(home, "report-2020", "live and cited") == 70
    second = run(home, "--report")
    assert "New: 0; renewed: 0; unchanged: 70; made public: 0." in second.stdout


@pytest.mark.shared
def test_seven_hundred_local_initiatives(home: Path, shared: Path, tmp_path: Path) -> None:
    mapping = tmp_path / "limousin.yml"
    mapping.write_text(LIMOUSIN, encoding="utf-8")
    file = shared / "data" / "cas-alternatiba-limousin" / "elements-pwa.json"
    found = run(home, str(file), "--mapping", str(mapping))
    assert found.returncode == 0, found.stderr
    assert "New: 700; renewed: 0; unchanged: 0; made public: 0." in found.stdout
    assert stored(home, "alternatiba-limousin", "not live and domains = '[\"culture\"]'") > 20
    again = run(home, str(file), "--mapping", str(mapping))
    assert "New: 0; renewed: 0; unchanged: 700; made public: 0." in again.stdout
