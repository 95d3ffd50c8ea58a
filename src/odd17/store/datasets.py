"""Imported datasets: each import is a snapshot that never changes, and one pointer says which of them is current.

``datasets/<id>/<snapshot>/`` holds the file as published, byte for byte, the dataset file, and what was read of them;
``datasets/<id>/CURRENT`` names the snapshot that releases are built from.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl
from polars.io.plugins import register_io_source

from odd17.core.indicators.indicator import Indicator
from odd17.core.indicators.observations import OBSERVATIONS
from odd17.core.kernel import Message, Odd17Error, Provenance

from .catalogue import indicator_to_json
from .documents import write_json
from .provenance import provenance_from_json, provenance_to_json
from .snapshots import ASIDE, CURRENT, alone, keep, point, write_bytes
from .whole_files import sync_folder

PARTS = "parts.parquet"
"""The parts of communes, where they are kept for perimeters of one's own alone."""
RAW_FOLDER = "raw"
_READING = b"1"  # to be raised whenever the same file would be read otherwise: it then is another snapshot
_ROW_GROUP = 50_000


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One import of a dataset. ``file`` is the name of the published file, ``observations`` how many it gave."""

    dataset: str
    id: str
    path: Path
    provenance: Provenance
    file: str
    observations: int
    is_current: bool


@dataclass(frozen=True, slots=True)
class Contents:
    """What a snapshot is made of: the files as given, and what was read of them."""

    dataset: str
    file: str
    raw: bytes
    dataset_file: bytes
    schema: dict[str, Any]
    provenance: Provenance
    indicators: Sequence[Indicator]

    @property
    def id(self) -> str:
        """Twelve digits that change with any of the contents."""
        parts = [_READING, self.raw, self.dataset_file, _json(self.schema)]
        parts.extend(_json(indicator_to_json(indicator)) for indicator in self.indicators)
        digest = hashlib.sha256()
        for part in parts:
            digest.update(hashlib.sha256(part).digest())
        return digest.hexdigest()[:12]


def keep_snapshot(
    contents: Contents, blocks: Iterable[pl.DataFrame], home: Path, *, parts: Iterable[pl.DataFrame] = ()
) -> tuple[Snapshot, bool]:
    """Write the snapshot of ``contents`` under ``home``, make it current, and say whether anything changed.

    ``blocks`` are its observations in order (columns of ``OBSERVATIONS``); they are read only if the snapshot is not
    there yet. ``parts`` (same columns) are those of communes that are no figures to show.
    Everything is written aside and shown by one rename, so that a reader sees all of it or nothing. Raises Odd17Error
    where the disk is full or cannot be written to: what was there before is as it was.
    """
    folder = home / "datasets" / contents.dataset
    changed = keep(folder, contents.id, lambda aside: _write(contents, blocks, parts, aside))
    return _snapshot(folder / contents.id, contents.id), changed


def current_snapshot(dataset: str, home: Path) -> str | None:
    """The id of the dataset's current snapshot; None where it has none."""
    pointer = home / "datasets" / dataset / CURRENT
    return pointer.read_text(encoding="utf-8").strip() if pointer.is_file() else None


def take_snapshot(origin: Path, home: Path) -> None:
    """Move a snapshot, the folder ``origin``, to ``home``, by one rename; one that is there already stays.

    It is not made current.
    """
    folder = home / "datasets" / origin.parent.name
    with alone(folder):
        if not (folder / origin.name).is_dir():
            os.rename(origin, folder / origin.name)
            sync_folder(folder)


def point_to(dataset: str, snapshot: str | None, home: Path) -> None:
    """Make ``snapshot`` the dataset's current one; where None it has none any more, and releases are built without it.

    The snapshots themselves stay. Raises Odd17Error where the snapshot is not there.
    """
    folder = home / "datasets" / dataset
    with alone(folder):
        if snapshot is None:
            (folder / CURRENT).unlink(missing_ok=True)
        elif not (folder / snapshot).is_dir():
            raise Odd17Error(
                Message("The dataset {dataset!r} has no snapshot {snapshot!r}.", dataset=dataset, snapshot=snapshot)
            )
        else:
            point(folder, snapshot)


def list_snapshots(home: Path) -> list[Snapshot]:
    """Every snapshot under ``home``, by dataset, the current one first."""
    found: list[Snapshot] = []
    for pointer in sorted((home / "datasets").glob(f"*/{CURRENT}")):
        current = pointer.read_text(encoding="utf-8").strip()
        folders = [path for path in sorted(pointer.parent.iterdir()) if (path / "provenance.json").is_file()]
        snapshots = [_snapshot(path, current) for path in folders if not path.name.startswith(ASIDE)]
        found.extend(sorted(snapshots, key=lambda item: not item.is_current))
    return found


def _write(contents: Contents, blocks: Iterable[pl.DataFrame], parts: Iterable[pl.DataFrame], aside: Path) -> None:
    (aside / RAW_FOLDER).mkdir(parents=True)
    write_bytes(aside / RAW_FOLDER / contents.file, contents.raw)
    write_bytes(aside / "dataset.yml", contents.dataset_file)
    write_json(aside / "schema.json", contents.schema)
    write_json(aside / "indicators.json", [indicator_to_json(indicator) for indicator in contents.indicators])
    rows = write_observations(aside / "observations.parquet", blocks)
    if kept := [block for block in parts if not block.is_empty()]:
        write_observations(aside / PARTS, kept)
    provenance = provenance_to_json(contents.provenance) | {"file": contents.file, "observations": rows}
    write_json(aside / "provenance.json", provenance)
    sync_folder(aside / RAW_FOLDER)
    sync_folder(aside)


def write_observations(path: Path, blocks: Iterable[pl.DataFrame]) -> int:
    """Write ``blocks`` one after the other as one Parquet file, on disk on return, and say how many rows it has."""
    rows = 0

    def counted(
        with_columns: list[str] | None, predicate: pl.Expr | None, n_rows: int | None, batch_size: int | None
    ) -> Iterator[pl.DataFrame]:
        nonlocal rows
        for block in blocks:
            rows += block.height
            yield block

    source = register_io_source(counted, schema=pl.Schema(OBSERVATIONS), is_pure=False)
    source.sink_parquet(path, compression="zstd", compression_level=3, row_group_size=_ROW_GROUP, maintain_order=True)
    with path.open("rb") as file:
        os.fsync(file.fileno())
    return rows


def _snapshot(path: Path, current: str) -> Snapshot:
    document = json.loads((path / "provenance.json").read_bytes())
    return Snapshot(
        dataset=path.parent.name,
        id=path.name,
        path=path,
        provenance=provenance_from_json(document),
        file=document["file"],
        observations=document["observations"],
        is_current=path.name == current,
    )


def _json(document: object) -> bytes:
    return json.dumps(document, ensure_ascii=False, sort_keys=True).encode()
