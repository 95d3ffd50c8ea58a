"""Snapshots in a folder of their own: one writer at a time, each written aside, and a pointer to the current one."""

from __future__ import annotations

import errno
import fcntl
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import polars as pl

from odd17.core.kernel import Message, Odd17Error, why

from .whole_files import sync_folder

CURRENT = "CURRENT"
"""The file that names the current snapshot."""

ASIDE = ".writing-"
"""How the name of what is being written begins."""


def keep(folder: Path, id: str, write: Callable[[Path], None]) -> bool:
    """Keep the snapshot ``id``, which ``write`` writes to the folder it is given, make it the current one of ``folder``
    and say whether anything changed.

    It is written only if it is not there yet, aside, and shown by one rename. Raises Odd17Error where the disk is full
    or cannot be written to: what was there before is as it was.
    """
    final = folder / id
    try:
        with alone(folder):
            is_new = not final.is_dir()
            if is_new:
                aside = folder / f"{ASIDE}{id}"
                try:
                    write(aside)
                    os.rename(aside, final)
                finally:
                    shutil.rmtree(aside, ignore_errors=True)
                sync_folder(folder)
            try:
                return point(folder, id) or is_new
            except OSError:
                if is_new:
                    shutil.rmtree(final, ignore_errors=True)
                raise
    except (OSError, pl.exceptions.PolarsError) as error:
        raise _unwritten(error, folder) from error


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Hold the folder's lock, so that one import runs at a time; what a killed one left is removed."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / ".lock").open("a+b") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        for left in folder.glob(f"{ASIDE}*"):
            shutil.rmtree(left, ignore_errors=True)
        yield


def point(folder: Path, id: str) -> bool:
    """Make ``id`` the current snapshot; False where it already was."""
    pointer = folder / CURRENT
    if pointer.is_file() and pointer.read_text(encoding="utf-8").strip() == id:
        return False
    aside = folder / f"{ASIDE}{CURRENT}"
    try:
        write_bytes(aside, f"{id}\n".encode())
        os.replace(aside, pointer)
    finally:
        aside.unlink(missing_ok=True)
    sync_folder(folder)
    return True


def _unwritten(error: Exception, folder: Path) -> Odd17Error:
    # polars gives the system's words, but not always its number
    number = error.errno if isinstance(error, OSError) else None
    if number in (errno.ENOSPC, errno.EDQUOT) or "No space left" in str(error):
        return Odd17Error(
            Message(
                "The disk is full: nothing was imported, and nothing that was there changed. Make room "
                "in {folder}, then try again.",
                folder=folder,
            )
        )
    return Odd17Error(
        Message(
            "Nothing was imported: {folder} cannot be written to ({why}).",
            folder=folder,
            why=why(error) if isinstance(error, OSError) else str(error),
        )
    )


def write_bytes(path: Path, content: bytes) -> None:
    """Write a file; it is on disk on return."""
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
