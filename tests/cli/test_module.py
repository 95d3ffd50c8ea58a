"""``odd17 module`` as editors run it, with what can be wrong in a file."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from odd17.cli import main
from odd17.store.places import shipped
from odd17.workflows.modules import current_module, current_modules, modules

Run = Callable[..., tuple[int, str, str]]
FILE = shipped() / "modules" / "read-fragility-1.yml"


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs ``odd17 module`` in an empty home: exit code, what it prints, what it says on stderr."""
    monkeypatch.setenv("ODD17_HOME", str(tmp_path / "home"))

    def run(*arguments: str) -> tuple[int, str, str]:
        monkeypatch.setattr("sys.argv", ["odd17", "module", *arguments])
        with pytest.raises(SystemExit) as ended:
            main()
        printed = capsys.readouterr()
        return int(ended.value.code or 0), printed.out, printed.err

    return run


def _changed(path: Path, old: str, new: str) -> Path:
    text = FILE.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return path


def test_the_modules_that_ship_are_listed_and_explain_every_answer(run: Run) -> None:
    code, out, _ = run("list")
    assert code == 0
    assert len(out.splitlines()) == len(modules()) >= 2
    for module in current_modules():
        assert all(step.passages for step in module.steps)
        assert all(choice.why.fr and choice.why.en for one in module.questions for choice in one.choices)
        assert module.source.fr


def test_a_good_file_can_be_followed(run: Run) -> None:
    code, out, _ = run("check", str(FILE))
    assert (code, out) == (0, "read-fragility 1: 6 steps, 6 questions: can be followed.\n")


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("{id: lowest, right: true,", "{id: lowest,", "no answer to this question is right"),
        ("{id: none, label", "{id: none, right: true, label", "several answers"),
        ("  - id: score\n", "  - id: score\n    after: [quote]\n", "nobody ever comes to this step"),
        ("enough: 5", "enough: 7", "nobody can pass"),
        ("version: 1", "version: one", "version"),
        ("path: /regards/", "path: //elsewhere.example/", "pages"),
        ("path: /regards/", "path: https://elsewhere.example/", "pages"),
        ("path: /regards/", "path: /en/regards/", "pages"),
        ("  - id: with_whom", "  - id: gap", "share this identifier"),
        ("minutes: 20", "minute: 20", "minute"),
    ],
)
def test_a_bad_file_is_refused_with_what_is_wrong(run: Run, tmp_path: Path, old: str, new: str, words: str) -> None:
    code, _, err = run("check", str(_changed(tmp_path / "mine.yml", old, new)))
    assert code == 1
    assert words in err
    assert "mine.yml" in err


def test_a_new_version_is_begun_from_then_on_and_the_older_one_stays(run: Run, tmp_path: Path) -> None:
    code, out, _ = run("add", str(_changed(tmp_path / "mine.yml", "version: 1", "version: 2")))
    assert (code, out) == (0, "Version 2 of read-fragility is begun from now on.\n")
    assert current_module("read-fragility").version == 2
    assert ("read-fragility", 1) in modules()


def test_a_version_that_is_there_is_never_replaced(run: Run, tmp_path: Path) -> None:
    code, _, err = run("add", str(_changed(tmp_path / "mine.yml", "minutes: 20", "minutes: 12")))
    assert code == 1
    assert "is there already" in err
    assert "write `version: 2`" in err
    assert current_module("read-fragility").minutes == 20


def test_a_retired_version_is_not_begun_anew(run: Run, tmp_path: Path) -> None:
    retired = _changed(tmp_path / "mine.yml", "version: 1\n", "version: 2\nretired: true\n")
    assert run("add", str(retired))[0] == 0
    assert current_module("read-fragility").version == 1
    assert "retired" in run("list")[1]


def test_the_schema_completes_an_editor(run: Run) -> None:
    code, out, _ = run("schema")
    assert code == 0
    assert json.loads(out)["title"] == "Learning module"
