"""The commands speak English here, whatever the locale; ``test_language.py`` asks for French."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from odd17.cli import main

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture(autouse=True)
def _english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ODD17_LANG", "en")


@pytest.fixture
def run(
    request: pytest.FixtureRequest,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Run:
    """Runs the ``COMMAND`` of the module in an empty home: exit code, what it prints, what it says on stderr."""
    monkeypatch.setenv("ODD17_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("COLUMNS", "120")

    def run(*arguments: str) -> tuple[int, str, str]:
        monkeypatch.setattr("sys.argv", ["odd17", request.module.COMMAND, *arguments])
        with pytest.raises(SystemExit) as ended:
            main()
        printed = capsys.readouterr()
        return int(ended.value.code or 0), printed.out, printed.err

    return run


@pytest.fixture
def changed(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[str, str], str]:
    """A copy of the module's ``FILE``, called mine.yml, in which the first of some words are others; its path."""

    def changed(old: str, new: str) -> str:
        text = request.module.FILE.read_text(encoding="utf-8")
        assert old in text
        path = tmp_path / "mine.yml"
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        return str(path)

    return changed
