"""``odd17 practices contacts``: what it says, and that cron hears of what failed."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from odd17.cli import practices_contacts
from odd17.core.kernel import Odd17Error


def answering(monkeypatch: pytest.MonkeyPatch, *counts: int) -> None:
    def run(name: str, *, done: Callable[..., None]) -> None:
        assert name == "contacts_follow"
        done(*counts)

    monkeypatch.setattr(practices_contacts, "prepare", lambda: None)
    monkeypatch.setattr(practices_contacts, "run", run)


def test_it_counts(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    answering(monkeypatch, 3, 0, 1)
    practices_contacts.contacts()
    assert capsys.readouterr().out == "Contacts reminded: 3; erased: 1.\n"


def test_what_was_not_sent_is_an_error_that_says_the_rest_was_done(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    answering(monkeypatch, 2, 1, 0)
    with pytest.raises(Odd17Error, match="1 e-mails could not be sent"):
        practices_contacts.contacts()
    assert "reminded: 2" in capsys.readouterr().out
