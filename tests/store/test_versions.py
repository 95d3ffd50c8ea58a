"""Files that have versions: two people who add the same one at the same instant."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Barrier, BrokenBarrierError

import pytest

from odd17.core.kernel import DataError, UsageError
from odd17.store import versions as module
from odd17.store.versions import Versions
from odd17.store.whole_files import write_whole


@dataclass(frozen=True)
class Thing:
    id: str
    version: int
    words: str


def _read(path: Path) -> Thing:
    id, version, words = path.read_text(encoding="utf-8").split()
    return Thing(id, int(version), words)


THINGS = Versions("things", _read)


def _sent(folder: Path, words: str) -> Path:
    path = folder / f"{words}.txt"
    path.write_text(f"one 1 {words}", encoding="utf-8")
    return path


def test_of_two_who_add_the_same_version_at_once_one_wins_and_the_other_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    both_write = Barrier(2)

    def write_once_both_are_there(path: Path, content: bytes) -> None:
        with suppress(BrokenBarrierError):
            both_write.wait(timeout=0.5)  # where nothing held the folder, both would have found it free
        write_whole(path, content)

    monkeypatch.setattr(module, "write_whole", write_once_both_are_there)
    home = tmp_path / "home"

    def add(words: str) -> str:
        try:
            return THINGS.add(_sent(tmp_path, words), home).words
        except DataError as error:
            return str(error)

    with ThreadPoolExecutor(2) as two:
        said = sorted(two.map(add, ("first", "second")), key=len)
    kept = THINGS.all(home)["one", 1].words
    assert said[0] == kept
    assert "version 1 of 'one' is there already" in said[1]
    assert "version: 2" in said[1]


def test_a_place_that_cannot_be_written_to_is_told(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("no folder", encoding="utf-8")
    with pytest.raises(UsageError, match="cannot be written"):
        THINGS.add(_sent(tmp_path, "first"), tmp_path / "home")
