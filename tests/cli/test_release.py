"""``odd17 release`` as people run it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from odd17.cli import main
from odd17.store.releases import current_release, layout

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs ``odd17 release`` in an empty home: exit code, what it prints, what it says on stderr."""
    monkeypatch.setenv("ODD17_HOME", str(tmp_path))
    monkeypatch.setenv("COLUMNS", "120")

    def run(*arguments: str) -> tuple[int, str, str]:
        monkeypatch.setattr("sys.argv", ["odd17", "release", *arguments])
        with pytest.raises(SystemExit) as ended:
            main()
        printed = capsys.readouterr()
        return int(ended.value.code or 0), printed.out, printed.err

    return run


def test_build_then_list_then_verify_then_use(run: Run, tmp_path: Path) -> None:
    code, out, err = run("build")
    id = current_release(tmp_path).id
    assert code == 0
    assert out.startswith(f"{id}: 290,052 figures")
    assert "Write the exports" in err

    code, out, _ = run("list")
    assert code == 0
    assert id in out
    assert "*" in out

    code, out, _ = run("verify")
    assert (code, out.strip().endswith("all as published.")) == (0, True)
    assert run("verify", id)[0] == 0
    assert run("use", id)[:2] == (0, f"{id} is now the current one.\n")


def test_verify_names_what_differs_and_fails(run: Run, tmp_path: Path) -> None:
    run("build")
    (current_release(tmp_path).path / layout.FRAME).unlink()
    code, out, err = run("verify")
    assert code == 1
    assert out == "frame.json: missing\n"
    assert "damaged: 1 difference(s). Build it again." in err


@pytest.mark.parametrize("command", ["list", "verify"])
def test_before_any_build_the_remedy_is_said(run: Run, command: str) -> None:
    code, _, err = run(command)
    assert code == 1
    assert "Run: odd17 release build" in err


def test_an_unknown_release_is_refused(run: Run) -> None:
    code, _, err = run("use", "2020-01-01-00000000")
    assert code == 1
    assert "There is no release '2020-01-01-00000000'" in err


def test_a_wrong_option_is_a_mistake_of_use(run: Run) -> None:
    assert run("build", "--nothing")[0] == 2


def test_a_frame_that_does_not_exist_is_named(run: Run, tmp_path: Path) -> None:
    code, _, err = run("build", "--frame", str(tmp_path / "none.yml"))
    assert code == 2
    assert "none.yml" in err
    assert "report-2019" in err
