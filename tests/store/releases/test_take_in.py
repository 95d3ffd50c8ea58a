"""A release built in another home is taken in by one rename, and not switched to."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from odd17.core.kernel import ReleaseError
from odd17.store.releases import current_release, open_release
from odd17.store.releases.shelf import take_in

ID = "2026-01-01-0123abcd"


def release(home: Path, id: str = ID) -> Path:
    path = home / "releases" / id
    path.mkdir(parents=True)
    (path / "datapackage.json").write_text(
        json.dumps({"id": id, "resources": [], "created": "2026-01-01T00:00:00+00:00"})
    )
    return path


def test_it_moves_and_is_not_current(tmp_path: Path) -> None:
    origin, home = tmp_path / "aside", tmp_path / "home"
    path = release(origin)
    assert take_in(ID, origin, home).id == ID
    assert not path.exists()
    with pytest.raises(ReleaseError, match="No release was built"):
        current_release(home)


def test_what_is_there_already_stays(tmp_path: Path) -> None:
    origin, home = tmp_path / "aside", tmp_path / "home"
    release(origin)
    kept = release(home)
    (kept / "mark").touch()
    assert take_in(ID, origin, home).path.joinpath("mark").exists()
    assert open_release(ID, origin).id == ID
    assert take_in(ID, tmp_path / "nowhere", home).id == ID


def test_what_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ReleaseError):
        take_in(ID, tmp_path / "aside", tmp_path / "home")
