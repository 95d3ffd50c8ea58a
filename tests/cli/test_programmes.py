"""``odd17 programmes check`` as a local authority runs it on its files."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from odd17.cli import main

Run = Callable[..., tuple[int, str, str]]
MEASURES = "number,measure,dimension\n1,Plant,Green\n2,Count,Green\n"
MONEY = "amount,currency,year,step,funder,device,source,effects\n"


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs ``odd17 programmes``: exit code, what it prints, what it says on stderr."""

    def run(*arguments: str | Path) -> tuple[int, str, str]:
        monkeypatch.setattr("sys.argv", ["odd17", "programmes", *map(str, arguments)])
        with pytest.raises(SystemExit) as ended:
            main()
        printed = capsys.readouterr()
        return int(ended.value.code or 0), printed.out, printed.err

    return run


def _file(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_files_that_hold_are_counted(run: Run, tmp_path: Path) -> None:
    levels = _file(tmp_path, "levels.txt", "Done ; done\nGoing on\n")
    money = _file(tmp_path, "money.csv", MONEY + "5,EUR,2024,paid,A,B,a budget,2\n")
    code, out, _err = run(
        "check", _file(tmp_path, "plan.csv", MEASURES), "--levels", levels, "--amounts", money
    )  # fmt: skip
    assert code == 0
    assert "Measures: 2; dimensions: 1; levels: 2; amounts: 1." in out


def test_everything_that_is_wrong_is_told_over_all_files(run: Run, tmp_path: Path) -> None:
    levels = _file(tmp_path, "levels.txt", "Done\ndone\n")
    money = _file(tmp_path, "money.csv", MONEY + "1e15,EUX,2024,paid,A,B,,9\n")
    code, out, err = run(
        "check", _file(tmp_path, "plan.csv", MEASURES), "--levels", levels, "--amounts", money
    )  # fmt: skip
    assert (code, out) == (1, "")
    assert "5 things are wrong" in err
    for words in ("levels.txt, row 2", "moves that much", "no currency", "without its source", "no such measure"):
        assert words in err, words


def test_measures_with_several_faults_name_each_row(run: Run, tmp_path: Path) -> None:
    code, _out, err = run("check", _file(tmp_path, "plan.csv", MEASURES + "2,,Green\n"))
    assert code == 1
    assert "row 4, column 'number': two measures have this number" in err
    assert "row 4, column 'measure': the cell is empty" in err


def test_a_file_that_is_not_there_is_said(run: Run, tmp_path: Path) -> None:
    code, _out, err = run("check", tmp_path / "none.csv")
    assert code == 1
    assert "none.csv" in err
