"""Writing a release: aside, alone, on disk before it is seen, then switched to by one rename."""

from __future__ import annotations

import errno
import fcntl
import gzip
import os
import shutil
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, cast

import polars as pl

from odd17.core.kernel import Message, ReleaseError, why
from odd17.store.documents import write_json
from odd17.store.whole_files import sync_folder

from . import layout
from .ordered import as_text
from .release import Release
from .resource import describe_fields, describe_file
from .shelf import open_release, use


class Draft:
    """A release being written. Files are added one by one; nobody sees any of them before :meth:`publish`."""

    def __init__(self, id: str, path: Path, home: Path | None) -> None:
        self.id = id
        self.path = path
        self._home = home
        self._resources: dict[str, dict[str, Any]] = {}

    def table(self, name: str, table: pl.DataFrame | pl.LazyFrame) -> int:
        """Write ``table`` as Parquet, its rows in the order given, Enum as text, and return how many they are."""
        self._parquet(name, table).collect()
        return self._add_table(name)

    def exports(self, level: str, *, csv: pl.LazyFrame, parquet: pl.LazyFrame) -> None:
        """Write the figures of a level as strict CSV (UTF-8, comma, ISO numbers), gzipped, and as Parquet, at once.

        A level of 3.5 million figures is 600 MB of text. Polars can gzip it too, but its bytes then depend on the
        number of threads.
        """
        names = f"{layout.EXPORTS}/{level}.csv.gz", f"{layout.EXPORTS}/{level}.parquet"
        with (
            self._place(names[0]).open("wb") as file,
            gzip.GzipFile(filename="", mode="wb", compresslevel=1, fileobj=file, mtime=0) as packed,
        ):
            text = csv.sink_csv(
                cast(IO[bytes], packed), float_scientific=False, maintain_order=True, batch_size=8192, lazy=True
            )
            pl.collect_all([text, self._parquet(names[1], parquet)])
        self._add(names[0], schema=describe_fields(csv.collect_schema()))
        self._add_table(names[1])

    def json(self, name: str, document: object) -> None:
        """Write ``document`` as JSON."""
        write_json(self._place(name), document)
        self._add(name)

    def file(self, name: str, content: bytes) -> None:
        """Write ``content`` as it is."""
        self._place(name).write_bytes(content)
        self._add(name)

    def as_release(self) -> Release:
        """What is written so far, as its readers will see it."""
        return Release(self.path, {"id": self.id, "resources": [*self._resources.values()]})

    def publish(self, facts: Mapping[str, Any]) -> Release:
        """Write the manifest (``facts`` and the list of files), show the release and make it the current one.

        The folder and its manifest are on disk before the rename, so a crash leaves either the old release or both.
        """
        resources = [self._resources[name] for name in sorted(self._resources)]
        write_json(
            self.path / layout.MANIFEST, {"id": self.id, "format": layout.FORMAT, **facts, "resources": resources}
        )
        for folder in (self.path, *(path for path in self.path.rglob("*") if path.is_dir())):
            sync_folder(folder)
        shelf = layout.releases_folder(self._home)
        final = shelf / self.id
        if final.exists():  # damaged, or its build would not have been asked for
            final.rename(self.path.with_name(f"{self.path.name}-replaced"))
        self.path.rename(final)
        sync_folder(shelf)
        return use(open_release(self.id, self._home).id, self._home)

    def _place(self, name: str) -> Path:
        path = self.path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        return path

    def _parquet(self, name: str, table: pl.DataFrame | pl.LazyFrame) -> pl.LazyFrame:
        return as_text(table).sink_parquet(
            self._place(name),
            compression="zstd",
            compression_level=3,
            row_group_size=layout.ROW_GROUP,
            maintain_order=True,
            lazy=True,
        )

    def _add_table(self, name: str) -> int:
        scan = pl.scan_parquet(self.path / name)
        rows = int(scan.select(pl.len()).collect().item())
        self._add(name, rows=rows, schema=describe_fields(scan.collect_schema()))
        return rows

    def _add(self, name: str, **known: Any) -> None:
        path = self.path / name
        with path.open("rb") as file:
            os.fsync(file.fileno())
        self._resources[name] = describe_file(name, path) | known


@contextmanager
def drafting(id: str, home: Path | None = None) -> Iterator[Draft]:
    """A draft of the release called ``id``; whatever was not published at the end is removed.

    Raises ReleaseError where the disk is full. To be used inside :func:`building_alone`.
    """
    shelf = layout.releases_folder(home)
    folder = Path(tempfile.mkdtemp(prefix=layout.DRAFT_PREFIX, dir=shelf))
    folder.chmod(0o755)
    try:
        yield Draft(id, folder, home)
    except (OSError, pl.exceptions.PolarsError) as error:
        _say_if_full(error, shelf)
        raise
    finally:
        _remove_drafts(shelf)


@contextmanager
def building_alone(home: Path | None = None) -> Iterator[None]:
    """Hold the shelf's lock, so that one build runs at a time; what a killed build left is removed first.

    The lock goes with the process that holds it, however it ends. Raises ReleaseError, naming the other process, where
    a build is running.
    """
    shelf = layout.releases_folder(home)
    try:
        shelf.mkdir(parents=True, exist_ok=True)
        lock = (shelf / layout.LOCK).open("a+", encoding="utf-8")
    except OSError as error:
        _say_if_full(error, shelf)
        raise ReleaseError(
            Message("Releases cannot be written in {shelf}: {why}", shelf=shelf, why=why(error))
        ) from error
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            other = lock.read().strip() or "?"
            raise ReleaseError(
                Message(
                    "Another release is being built here (process {other}). Wait until it ends, then try again.",
                    other=other,
                )
            ) from None
        try:
            lock.truncate(0)
            lock.write(str(os.getpid()))
            lock.flush()
        except OSError as error:
            _say_if_full(error, shelf)
            raise
        _remove_drafts(shelf)
        yield


def _remove_drafts(shelf: Path) -> None:
    """Only the holder of the lock may call this: no other build can then own what it removes."""
    for path in shelf.glob(f"{layout.DRAFT_PREFIX}*"):
        shutil.rmtree(path)
    # Switching takes no lock: a pointer younger than a minute may be another process's, about to be renamed.
    for path in shelf.glob(f"{layout.POINTER_PREFIX}*"):
        if path.stat().st_mtime < time.time() - 60:
            path.unlink(missing_ok=True)


def _say_if_full(error: Exception, shelf: Path) -> None:
    # Polars gives the system's words, but not always its number.
    number = error.errno if isinstance(error, OSError) else None
    if number in (errno.ENOSPC, errno.EDQUOT) or "No space left" in str(error):
        raise ReleaseError(
            Message(
                "The disk is full: the release was not built, and nothing that was there changed. Make "
                "room in {shelf}, then try again.",
                shelf=shelf,
            )
        ) from error
