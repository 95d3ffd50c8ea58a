"""``odd17 territory``: what it prints, its exit codes, its errors in one line."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from odd17.cli import main


def run(monkeypatch: pytest.MonkeyPatch, *words: str) -> int:
    monkeypatch.setattr(sys, "argv", ["odd17", "territory", *words])
    monkeypatch.setenv("COLUMNS", "200")
    with pytest.raises(SystemExit) as caught:
        main()
    return int(str(caught.value.code or 0))


@pytest.mark.parametrize("text", ["saint etienne", "st-étienne", "42218"])
def test_search_lists_the_best_first(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], text: str
) -> None:
    assert run(monkeypatch, "search", text, "--limit", "3") == 0
    first = capsys.readouterr().out.splitlines()[3]
    assert [part.strip() for part in first.strip("│").split("│")] == ["COM-42218", "Saint-Étienne", "Loire", "173,136"]


def test_search_keeps_to_a_level(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(monkeypatch, "search", "rhône", "--level", "REG") == 0
    out = capsys.readouterr().out
    assert "REG-84" in out
    assert "DEP-" not in out


@pytest.mark.parametrize("text", ["<script>", "zzzzqq", "x" * 10_000, "[bold]"])
def test_nothing_found_is_a_usage_error(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], text: str
) -> None:
    assert run(monkeypatch, "search", text) == 2
    error = capsys.readouterr().err
    assert error.startswith(f"odd17: Nothing is called '{text[:80]}")
    assert len(error) < 500


def test_show_says_what_a_territory_is(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(monkeypatch, "show", "REG-53") == 0
    out = capsys.readouterr().out
    for part in ("Bretagne", "3,449,370", "France métropolitaine (FRM), France (FR)", "1,202", "COG 2026"):
        assert part in out
    assert run(monkeypatch, "show", "EPCI-200006682") == 0
    assert "Saône-et-Loire (DEP-71)" in capsys.readouterr().out
    assert run(monkeypatch, "show", "COM-15141") == 0
    assert "no true contour" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("query", "said"),
    [("53", "choose one of REG-53, DEP-53"), ("75101", "Did you mean COM-75056 (Paris)?"), ("1001", "COM-01001")],
)
def test_show_says_what_to_write_instead(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], query: str, said: str
) -> None:
    assert run(monkeypatch, "show", query) == 2
    assert said in capsys.readouterr().err


def test_a_former_commune_leads_to_the_one_that_holds_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for asked in ("annecy le vieux", "74011"):
        assert run(monkeypatch, "search", asked) == 0
        assert "Annecy-le-Vieux (74011), former commune, today Annecy (COM-74010)" in capsys.readouterr().out
    assert run(monkeypatch, "search", "annecy le vieux", "--level", "REG") == 2
    capsys.readouterr()
    for asked in ("Annecy-le-Vieux", "COM-74011"):
        assert run(monkeypatch, "show", asked) == 2
        assert "Did you mean COM-74010 (Annecy)?" in capsys.readouterr().err


def test_movements_are_installed_or_refused(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setenv("ODD17_HOME", str(tmp_path / "home"))
    file = tmp_path / "v_mvt_commune_2025.csv"
    file.write_text(
        "MOD,DATE_EFF,TYPECOM_AV,COM_AV,TYPECOM_AP,COM_AP\n50,2024-03-15,COM,69159,COM,69114\n", encoding="utf-8"
    )
    assert run(monkeypatch, "movements", str(file)) == 0
    assert "1 movements between communes, up to the COG of 2025" in capsys.readouterr().out
    assert (tmp_path / "home" / "cog" / "movements-2025.csv").is_file()
    assert run(monkeypatch, "movements", str(tmp_path / "absent_2025.csv")) == 1
    assert "absent_2025.csv" in capsys.readouterr().err


def test_one_of_ones_own_is_defined_listed_and_forgotten(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setenv("ODD17_HOME", str(tmp_path))
    file = tmp_path / "communes.txt"
    file.write_text("35238\n22278\n", encoding="utf-8")
    assert run(monkeypatch, "list-own") == 0
    assert "No territory of your own" in capsys.readouterr().out
    assert run(monkeypatch, "define", "Pays de Bray", "--communes", str(file), "--id", "bray") == 0
    assert "Pays de Bray (TER-bray): 2 communes" in capsys.readouterr().out
    assert run(monkeypatch, "list-own") == 0
    assert "TER-bray" in capsys.readouterr().out
    assert run(monkeypatch, "search", "pays de bray") == 0
    assert "TER-bray" in capsys.readouterr().out
    assert run(monkeypatch, "show", "Pays de Bray") == 0
    shown = capsys.readouterr().out
    assert "the next one: odd17 release build" in shown
    assert "of level COM" in shown
    assert "Côtes-d'Armor (DEP-22)" in shown
    file.write_text("35238\n1001\n", encoding="utf-8")
    assert run(monkeypatch, "define", "Pays de Bray", "--communes", str(file), "--id", "bray") == 1
    assert "row 2" in capsys.readouterr().err
    assert run(monkeypatch, "forget", "bray") == 0
    assert run(monkeypatch, "forget", "bray") == 2
