"""``odd17 alliances remind``: what it says, and that cron hears of what failed."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from odd17.cli import alliances
from odd17.core.kernel import Odd17Error


def answering(monkeypatch: pytest.MonkeyPatch, *counts: int) -> None:
    def run(name: str, *, done: Callable[[tuple[int, ...]], None]) -> None:
        assert name == "alliances_remind"
        done(counts)

    monkeypatch.setattr(alliances, "prepare", lambda: None)
    monkeypatch.setattr(alliances, "run", run)


def test_it_counts(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    answering(monkeypatch, 1200, 0, 1)
    alliances.remind()
    assert capsys.readouterr().out == "Reminded: 1,200. Answers to calls erased: 1.\n"


def test_it_counts_in_french(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("ODD17_LANG", "fr")
    answering(monkeypatch, 1200, 0, 0)
    alliances.remind()
    assert "Rappels envoyés\u202f: 1\u202f200." in capsys.readouterr().out


def test_what_was_not_sent_is_an_error_that_says_the_rest_was_done(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    answering(monkeypatch, 2, 1, 0)
    with pytest.raises(Odd17Error, match="1 e-mails could not be sent"):
        alliances.remind()
    assert "Reminded: 2." in capsys.readouterr().out
