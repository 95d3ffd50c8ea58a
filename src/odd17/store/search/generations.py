"""The folder of an index: generations side by side, a pointer to the one that answers, and who may write.

::

    current        the name of the generation that answers
    1-7f3a…/       a generation: the format's number, then letters of its own
    changes.jsonl  while another is being built: what changes meanwhile, to be done again in the new one
    writing.lock   held by the one process that writes
    building.lock  held by the one process that builds
    following.lock held by the one process that brings the index up to date
"""

from __future__ import annotations

import fcntl
import json
import os
import secrets
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from odd17.core.kernel import Message, Odd17Error
from odd17.core.kernel.search import SearchUnavailable

from ..whole_files import sync_folder, write_whole
from .fields import FORMAT

_POLL: Final = 0.02  # seconds between two tries of a lock
Change = tuple[str, dict[str, list[Any]] | None]


class _AnotherHolds(Odd17Error):
    """Another process holds a lock, and goes on holding it."""


class Generations:
    """The generations in ``folder``; ``wait`` is how many seconds a writer waits for another."""

    def __init__(self, folder: Path, wait: float = 30.0) -> None:
        self.folder, self._wait = folder, wait
        self._pointer, self._changes = folder / "current", folder / "changes.jsonl"

    def current(self) -> Path:
        """The generation that answers. Raises SearchUnavailable where there is none, or of another format."""
        try:
            name = self._pointer.read_text(encoding="ascii").strip()
        except (OSError, UnicodeDecodeError) as error:
            raise unavailable() from error
        path = self.folder / name
        if not name.startswith(f"{FORMAT}-") or Path(name).name != name or not (path / "meta.json").is_file():
            raise unavailable()
        return path

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Hold the right to write; raises Odd17Error where another holds it for too long."""
        with self._held("writing.lock", self._wait):
            yield

    @contextmanager
    def following(self) -> Iterator[bool]:
        """Whether this process alone brings the index up to date now: False, at once, where another does."""
        try:
            with self._held("following.lock", 0.0):
                yield True
        except _AnotherHolds:
            yield False

    @contextmanager
    def building(self) -> Iterator[Path]:
        """A folder for a new generation, alone; what a killed build left is removed, and changes are kept from now."""
        with self._held("building.lock", self._wait):
            with self.writing():
                self._sweep()
                write_whole(self._changes, b"")
            aside = self.folder / f"{FORMAT}-{secrets.token_hex(6)}"
            aside.mkdir()
            try:
                yield aside
            except BaseException:
                shutil.rmtree(aside, ignore_errors=True)
                self._changes.unlink(missing_ok=True)
                raise

    @property
    def is_building(self) -> bool:
        """Whether changes are to be kept for a generation that is being built."""
        return self._changes.is_file()

    def keep_change(self, change: Change) -> None:
        """Note a change for the generation that is being built; on disk before return."""
        line = json.dumps(change, ensure_ascii=False) + "\n"
        with self._changes.open("a", encoding="utf-8") as file:
            file.write(line)
            file.flush()
            os.fsync(file.fileno())

    def changes(self) -> Iterator[Change]:
        """What changed while the new generation was being built, in order."""
        with self._changes.open(encoding="utf-8") as file:
            for line in file:
                if line.endswith("\n"):
                    identifier, fields = json.loads(line)
                    yield identifier, fields

    def switch(self, new: Path) -> None:
        """Make ``new`` the generation that answers, by one rename."""
        sync_folder(new)
        sync_folder(self.folder)
        write_whole(self._pointer, f"{new.name}\n".encode("ascii"))
        sync_folder(self.folder)
        self._changes.unlink(missing_ok=True)

    def _sweep(self) -> None:
        """Remove every generation but the current one: those who read an older one hold its files open."""
        try:
            kept = self.current()
        except SearchUnavailable:
            kept = None
        for path in self.folder.iterdir():
            if path.is_dir() and path != kept:
                shutil.rmtree(path, ignore_errors=True)

    @contextmanager
    def _held(self, name: str, wait: float) -> Iterator[None]:
        self.folder.mkdir(parents=True, exist_ok=True)
        until = time.monotonic() + wait
        with (self.folder / name).open("a+b") as lock:
            while True:
                try:
                    fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    break
                except BlockingIOError:
                    if time.monotonic() > until:
                        raise _AnotherHolds(
                            Message(
                                "another process has been writing the index of search for {seconds:.0f} seconds: "
                                "try again",
                                seconds=wait,
                            )
                        ) from None
                    time.sleep(_POLL)
            yield


def unavailable() -> SearchUnavailable:
    """What is said where there is no index to read."""
    return SearchUnavailable(
        Message("there is no index of search yet, or it is damaged: run `odd17 practices reindex`")
    )
