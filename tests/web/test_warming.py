"""A worker that starts has read what its first readers need, and starts without a release too."""

from __future__ import annotations

from pathlib import Path

import pytest

from odd17.core.territories.levels import Level
from odd17.web.config import warming


def test_a_territory_of_each_level_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []
    monkeypatch.setattr(warming, "diagnose", lambda release, territory: read.append(territory))
    warming.warm()
    assert [identifier.partition("-")[0] for identifier in read] == [
        level.value for level in (Level.REGION, Level.DEPARTEMENT, Level.EPCI, Level.COMMUNE)
    ]


def test_without_a_release_it_starts_all_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ODD17_HOME", str(tmp_path))
    read: list[str] = []
    monkeypatch.setattr(warming, "diagnose", lambda release, territory: read.append(territory))
    warming.warm()
    assert not read


def test_a_damaged_release_does_not_keep_the_site_from_starting(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []

    def damaged(release: object, territory: str) -> None:
        read.append(territory)
        raise OSError("a table is cut short")

    monkeypatch.setattr(warming, "diagnose", damaged)
    warming.warm()
    assert len(read) == 1
