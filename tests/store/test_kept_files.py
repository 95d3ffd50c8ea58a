"""Kept files never take more than their room, and the oldest leave first."""

from __future__ import annotations

import os
from pathlib import Path

from odd17.store.kept_files import keep


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.rglob("*") if path.is_file()}


def test_the_oldest_leave_first_and_the_new_one_stays(tmp_path: Path) -> None:
    for age, name in enumerate(["a", "b", "c"]):
        keep(tmp_path / "release" / name, b"x" * 100, tmp_path, limit=1000)
        os.utime(tmp_path / "release" / name, ns=(age, age))
    keep(tmp_path / "other" / "d", b"x" * 100, tmp_path, limit=350)
    assert names(tmp_path) == {"c", "d"}


def test_nothing_leaves_while_there_is_room(tmp_path: Path) -> None:
    for name in ["a", "b", "c"]:
        keep(tmp_path / name, b"x" * 100, tmp_path, limit=300)
    assert names(tmp_path) == {"a", "b", "c"}


def test_a_file_larger_than_the_room_is_kept_alone(tmp_path: Path) -> None:
    keep(tmp_path / "a", b"x" * 10, tmp_path, limit=50)
    keep(tmp_path / "b", b"x" * 100, tmp_path, limit=50)
    assert names(tmp_path) == {"b"}
