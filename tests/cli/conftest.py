"""The commands speak English here, whatever the locale; ``test_language.py`` asks for French."""

from __future__ import annotations

import pytest


@pytest.fixture(autouse=True)
def _english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ODD17_LANG", "en")
