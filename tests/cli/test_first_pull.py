"""The first pull beside the server: when it is started, and when it is not."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from odd17.cli.first_pull import pull_beside


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[tuple[list[str], object]]:
    """The processes that serving starts."""
    found: list[tuple[list[str], object]] = []
    monkeypatch.setenv("ODD17_HOME", str(tmp_path))
    monkeypatch.delenv("ODD17_PULL", raising=False)
    monkeypatch.setattr(subprocess, "Popen", lambda command, **more: found.append((command, more["stderr"])))
    return found


LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)
FAILED = {"title": {"fr": "Une source", "en": "A source"}, "why": "the server answers 404"}


def status(home: Path, state: str, *, updated: datetime = LONG_AGO, failed: bool = False) -> None:
    facts = {"state": state, "process": os.getpid(), "started": "2026-01-01T00:00:00+00:00",
             "updated": updated.isoformat(), "done": 1, "total": 1, "doing": "make", "current": None,
             "fetched": [], "failed": [FAILED] if failed else [], "release": None}  # fmt: skip
    (home / "pull.json").write_text(json.dumps(facts))


def test_the_first_server_starts_it_and_says_so(started, capsys):
    pull_beside()
    ((command, stderr),) = started
    assert command[:3] == [sys.executable, "-m", "odd17"]
    assert "--starter" in command
    assert stderr is None
    assert "ODD17_PULL=off" in capsys.readouterr().out


@pytest.mark.parametrize("value", ["off", " OFF "])
def test_it_is_switched_off(started, monkeypatch, value):
    monkeypatch.setenv("ODD17_PULL", value)
    pull_beside()
    assert started == []


@pytest.mark.parametrize("state", ["done", "running"])
def test_it_is_not_started_twice(started, tmp_path, state):
    status(tmp_path, state)
    pull_beside()
    assert started == []


@pytest.mark.parametrize("state", ["offline", "done"])
def test_what_failed_is_not_tried_at_every_start(started, tmp_path, state):
    status(tmp_path, state, updated=datetime.now(UTC) - timedelta(hours=2), failed=True)
    pull_beside()
    assert started == []


def test_what_failed_is_tried_again_a_day_later(started, tmp_path):
    status(tmp_path, "done", failed=True)
    pull_beside()
    assert len(started) == 1


def test_offline_is_tried_again_without_a_word(started, tmp_path, capsys):
    status(tmp_path, "offline")
    pull_beside()
    assert [stderr for _, stderr in started] == [subprocess.DEVNULL]
    assert capsys.readouterr().out == ""
