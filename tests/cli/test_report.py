"""``odd17 report`` as a person runs it."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from odd17.cli import main
from odd17.workflows.build_release import build_release

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home whose current release is that of the shipped data."""
    folder = tmp_path_factory.mktemp("home")
    build_release(home=folder)
    return folder


@pytest.fixture
def odd17(home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run the command and give its exit code, what it printed, and what it complained of."""
    monkeypatch.setenv("ODD17_HOME", str(home))

    def run(*arguments: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["odd17", "report", *arguments])
        with pytest.raises(SystemExit) as caught:
            main()
        printed = capsys.readouterr()
        return int(caught.value.code or 0), printed.out, printed.err

    return run


def test_one_report(odd17: Run, tmp_path: Path) -> None:
    out = tmp_path / "bretagne.pdf"
    code, said, _ = odd17("REG-53", "--out", str(out))
    assert code == 0
    assert "Bretagne" in said
    assert out.read_bytes().startswith(b"%PDF")


def test_a_level(odd17: Run, tmp_path: Path) -> None:
    code, said, told = odd17("--level", "REG", "--out", str(tmp_path / "reports"), "--language", "en")
    assert code == 0
    assert "18 reports" in said
    assert "18/18" in told
    assert len(list((tmp_path / "reports").glob("odd17-REG-*-en-*.pdf"))) == 18


@pytest.mark.parametrize(
    "arguments", [(), ("REG-53", "--level", "REG"), ("53",), ("REG-53", "--out", "/nowhere/a.pdf")]
)
def test_bad_requests_are_usage_errors(odd17: Run, arguments: tuple[str, ...]) -> None:
    code, _, told = odd17(*arguments)
    assert code == 2
    assert told.startswith("odd17: ")
