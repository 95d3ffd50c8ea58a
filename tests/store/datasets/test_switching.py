"""Taking a snapshot in from another home, and saying which one the next release is built from."""

from __future__ import annotations

from pathlib import Path

import pytest

from odd17.core.kernel import Odd17Error
from odd17.store.datasets import current_snapshot, point_to, take_snapshot


def snapshot(home: Path, id: str) -> Path:
    path = home / "datasets" / "d" / id
    path.mkdir(parents=True)
    (path / "observations.parquet").write_bytes(id.encode())
    return path


def test_a_snapshot_is_taken_in_and_not_made_current(tmp_path: Path) -> None:
    origin, home = snapshot(tmp_path / "a", "one"), tmp_path / "b"
    take_snapshot(origin, home)
    assert (home / "datasets" / "d" / "one" / "observations.parquet").read_bytes() == b"one"
    assert not origin.exists()
    assert current_snapshot("d", home) is None
    take_snapshot(origin, home)  # again: it is there
    assert current_snapshot("d", home) is None


def test_the_pointer_goes_there_and_back(tmp_path: Path) -> None:
    snapshot(tmp_path, "one")
    snapshot(tmp_path, "two")
    for id in ("one", "two", "one"):
        point_to("d", id, tmp_path)
        assert current_snapshot("d", tmp_path) == id
    point_to("d", None, tmp_path)
    assert current_snapshot("d", tmp_path) is None
    point_to("d", None, tmp_path)
    assert (tmp_path / "datasets" / "d" / "one").is_dir()


def test_a_snapshot_that_is_not_there_is_refused(tmp_path: Path) -> None:
    snapshot(tmp_path, "one")
    point_to("d", "one", tmp_path)
    with pytest.raises(Odd17Error, match="no snapshot 'three'"):
        point_to("d", "three", tmp_path)
    assert current_snapshot("d", tmp_path) == "one"
