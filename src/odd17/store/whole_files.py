"""A file that appears whole or not at all."""

from __future__ import annotations

import fcntl
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from odd17.core.kernel import Message, Odd17Error, UsageError, why


def write_whole(path: Path, content: bytes, *, parents: bool = False) -> None:
    """Write ``content`` beside ``path``, then put it in its place by one rename; what stood there is replaced.

    ``parents``: the folders above it are made where they are not there.
    Raises UsageError where the place cannot be written to, and Odd17Error where writing fails (a full disk): both with
    the system's reason.
    """
    try:
        if parents:
            path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=".odd17-", dir=path.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            Path(name).chmod(0o644)
            Path(name).replace(path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    except (FileExistsError, FileNotFoundError, NotADirectoryError, IsADirectoryError, PermissionError) as error:
        raise UsageError(
            Message("{path} cannot be written: {why}. Choose another place.", path=path, why=why(error))
        ) from error
    except OSError as error:
        raise Odd17Error(
            Message("{path} could not be written: {why}. Nothing was changed.", path=path, why=why(error))
        ) from error


@contextmanager
def held(folder: Path) -> Iterator[None]:
    """Hold ``folder``, made where it is not there: of those who would change it, one at a time does.

    Raises UsageError where it cannot be written to, with the system's reason.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = (folder / ".lock").open("a+b")
    except OSError as error:
        raise UsageError(
            Message("{path} cannot be written: {why}. Choose another place.", path=folder, why=why(error))
        ) from error
    with lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def sync_folder(folder: Path) -> None:
    """Put on disk which names ``folder`` holds: a rename survives a crash only after this."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
