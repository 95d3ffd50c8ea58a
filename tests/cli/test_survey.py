"""``odd17 survey`` from the first file to the release: what it prints, what it keeps, and its exit codes."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest

from odd17.cli import main
from odd17.workflows.releases import current_release

Run = Callable[..., tuple[int, str, str]]

STUDY = """\
id: regards
title: {fr: Regards, en: Views}
actor: citizens
makers: [Institut d’essai]
mention: Étude d’essai, octobre 2019
licence: CC0-1.0
field: {start: 2019-10-03, end: 2019-10-21}
population: {fr: Habitants, en: Inhabitants}
mode: {fr: téléphone, en: telephone}
file: people.csv
territory: {column: region, level: REG, vintage: 2026}
questions:
  - measure: fragile
    domain: employment
    wording: {fr: "L’emploi est-il fragile ?", en: "Is employment fragile?"}
    column: emploi
    yes: [1]
    no: [2]
"""


@pytest.fixture
def odd17(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run the command beside a study and give its exit code, what it printed, and what it complained of."""
    monkeypatch.setenv("ODD17_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("COLUMNS", "160")
    monkeypatch.chdir(tmp_path)
    (tmp_path / "study.yml").write_text(STUDY, encoding="utf-8")
    people = pl.DataFrame({"region": ["Bretagne"] * 40 + ["Normandie"] * 40, "emploi": [1, 2, 2, 2] * 20})
    people.write_csv(tmp_path / "people.csv")

    def run(*arguments: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["odd17", "survey", *arguments])
        with pytest.raises(SystemExit) as caught:
            main()
        printed = capsys.readouterr()
        return int(caught.value.code or 0), printed.out, printed.err

    return run


def test_check_import_estimate_list_erase(odd17: Run, tmp_path: Path) -> None:
    code, out, _ = odd17("check", "study.yml")
    assert code == 0
    assert "Nothing was written." in out
    assert not (tmp_path / "home").exists()
    code, out, _ = odd17("import", "study.yml")
    assert code == 0
    assert "regards: 80 respondents, 2 estimates kept as " in out
    assert "Next: odd17 survey estimate regards, then odd17 release build" in out
    assert "nothing changed" in odd17("import", "study.yml")[1]
    code, out, _ = odd17("estimate", "regards", "--territory", "REG-53")
    assert code == 0
    assert "Étude d’essai, octobre 2019" in out
    assert "regards" in odd17("list")[1]
    assert odd17("erase", "regards", "--yes")[0] == 0
    assert "No study was imported yet." in odd17("list")[1]
    assert not list((tmp_path / "home").rglob("respondents.parquet"))


def test_import_may_build_the_release_at_once(odd17: Run, tmp_path: Path) -> None:
    code, out, err = odd17("import", "study.yml", "--release")
    assert code == 0, err
    assert "now the current one" in out
    assert "Next:" not in out
    release = current_release(tmp_path / "home")
    assert list(release.studies) == ["regards"]
    assert release.perceptions()["n"].to_list() == [40, 40]


def test_what_is_wrong_is_one_message_in_the_readers_language(
    odd17: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "study.yml").write_text(STUDY.replace("measure: fragile", "measure: trust"), encoding="utf-8")
    code, _, err = odd17("import", "study.yml")
    assert code == 1
    assert "study.yml, row 13" in err
    assert "this measure is told of an item" in err
    assert "Traceback" not in err
    monkeypatch.setenv("ODD17_LANG", "fr")
    _, _, err = odd17("import", "study.yml")
    assert "cette mesure porte sur un élément" in err


def test_a_study_that_is_not_kept_is_answered_with_the_near_name_or_with_what_to_do(odd17: Run) -> None:
    code, _, err = odd17("estimate", "regrads")
    assert code == 2
    assert "nor any other" in err
    assert odd17("import", "study.yml")[0] == 0
    code, _, err = odd17("estimate", "regrads")
    assert code == 2
    assert "Did you mean 'regards'?" in err
