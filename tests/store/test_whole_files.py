from __future__ import annotations

from pathlib import Path

import pytest

from odd17.core.kernel import Odd17Error, UsageError
from odd17.store.whole_files import write_whole


def test_the_new_content_replaces_the_old(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    write_whole(path, b"old")
    write_whole(path, b"new")
    assert path.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [path]


def test_what_fails_leaves_the_old_content_and_nothing_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.txt"
    write_whole(path, b"old")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(Odd17Error, match="No space left on device"):
        write_whole(path, b"new")
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_an_absent_folder_is_told(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot be written"):
        write_whole(tmp_path / "absent" / "a.txt", b"new")


def test_folders_are_made_where_asked(tmp_path: Path) -> None:
    write_whole(tmp_path / "a" / "b" / "c.txt", b"new", parents=True)
    assert (tmp_path / "a" / "b" / "c.txt").read_bytes() == b"new"
    with pytest.raises(UsageError, match="cannot be written"):
        write_whole(tmp_path / "a" / "b" / "c.txt" / "d.txt", b"new", parents=True)
