"""``odd17 frame`` as people run it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from odd17.store.frames import shipped_frame

Run = Callable[..., tuple[int, str, str]]
COMMAND = "frame"


def test_a_good_frame_is_said_to_be_usable(run: Run) -> None:
    code, out, _ = run("check", str(shipped_frame("current")))
    assert code == 0
    assert out == "current: 4 dimensions, 16 domains, 38 indicators: can be used.\n"


def test_a_bad_frame_ends_with_one_and_an_absent_name_with_two(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "mine.yml"
    path.write_text(shipped_frame("current").read_text(encoding="utf-8").replace("apl_nurses", "apl_nurse"))
    code, out, err = run("check", str(path))
    assert (code, out) == (1, "error: no indicator is called 'apl_nurse'; did you mean apl_nurses?\n")
    assert "mine.yml: 1 error(s)" in err
    assert run("check", str(tmp_path / "none.yml"))[0] == 1
    assert run("show", "curent")[0] == 2


def test_what_is_wrong_is_said_in_the_language_asked_for(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ODD17_LANG", "fr")
    path = tmp_path / "mine.yml"
    path.write_text(shipped_frame("current").read_text(encoding="utf-8").replace("apl_nurses", "apl_nurse"))
    _, out, err = run("check", str(path))
    assert out.replace("\u00a0", " ").replace("\u202f", " ") == (
        "erreur : rien ne porte ce nom : « apl_nurse » ; vouliez-vous dire apl_nurses ?\n"
    )
    assert "À faire\u00a0: corrigez le cadre." in err
    _, out, _ = run("show")
    assert "Un nœud est refusé" in out
    assert "domaine" in out


def test_show_counts_indicators_by_level(run: Run) -> None:
    code, out, _ = run("show")
    assert code == 0
    (line,) = (line for line in out.splitlines() if "economic_development" in line)
    assert [cell.strip() for cell in line.strip("│").split("│")] == ["economic", "economic_development", "1", *"4442"]


def test_schema_prints_json(run: Run) -> None:
    code, out, _ = run("schema")
    assert code == 0
    assert json.loads(out)["title"] == "Frame of domains"
