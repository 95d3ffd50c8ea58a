"""``odd17 demonstration``, and its beginning beside the server."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from odd17.cli import app
from odd17.cli.demonstration import demonstrate_beside
from odd17.core.kernel import ReleaseError
from odd17.store.releases import current_release


def test_it_builds_and_says_where_it_is_shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ODD17_HOME", str(tmp_path))
    done = CliRunner().invoke(app, ["demonstration"])
    assert done.exit_code == 0
    assert current_release(tmp_path / "demonstration").id in done.output
    assert "/demonstration/" in done.output
    with pytest.raises(ReleaseError):
        current_release(tmp_path)  # it is no real release


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    found: list[list[str]] = []
    monkeypatch.setattr(subprocess, "Popen", lambda command, **more: found.append(command))
    return found


def test_it_begins_beside_the_server(started: list[list[str]], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ODD17_DEMONSTRATION", raising=False)
    demonstrate_beside()
    assert started == [[sys.executable, "-m", "odd17", "demonstration", "--in-background"]]


@pytest.mark.parametrize("value", ["off", " OFF "])
def test_it_can_be_left_out(started: list[list[str]], monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("ODD17_DEMONSTRATION", value)
    demonstrate_beside()
    assert started == []
