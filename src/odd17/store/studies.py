"""Kept studies: their microdata, which never leave this folder, and the estimates that releases read.

``studies/<id>/<snapshot>/`` holds the study file and the respondents' file as given, ``respondents.parquet`` (what was
read of them), ``estimates.parquet`` (fit to be published), ``description.json`` and ``provenance.json``;
``studies/<id>/CURRENT`` names the snapshot that releases read. The folders are for their owner alone.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

import polars as pl

from odd17.core.kernel import DataError, Message, Provenance, UsageError
from odd17.core.perceptions.study import StudyDescription
from odd17.core.perceptions.tables import PERCEPTIONS

from .checksum import sha256_of
from .documents import write_json
from .provenance import provenance_from_json, provenance_to_json
from .snapshots import CURRENT, alone, keep, write_bytes
from .study_description import study_from_json, study_to_json
from .whole_files import sync_folder

_READING = b"1"  # to be raised whenever the same study would be read otherwise: it then is another snapshot


@dataclass(frozen=True, slots=True)
class KeptStudy:
    """The current snapshot of a study: what releases read of it.

    ``estimates`` has the columns of ``PERCEPTIONS``, withheld cells emptied, not yet read. ``files`` gives the
    fingerprint of each file that the estimates depend on.
    """

    id: str
    snapshot: str
    path: Path
    description: StudyDescription
    estimates: pl.LazyFrame
    provenance: Provenance
    files: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class StudyContents:
    """What a snapshot is made of. ``previous`` is the snapshot of the wave before, whose figures changes are from."""

    study_file: bytes
    file: str
    raw: bytes
    respondents: pl.DataFrame
    estimates: pl.DataFrame
    description: StudyDescription
    provenance: Provenance
    previous: str | None

    @property
    def id(self) -> str:
        """Twelve digits that change with any of what was given."""
        digest = hashlib.sha256()
        for part in (_READING, self.study_file, self.file.encode(), self.raw, (self.previous or "").encode()):
            digest.update(hashlib.sha256(part).digest())
        return digest.hexdigest()[:12]


def current_studies(home: Path) -> list[KeptStudy]:
    """The current snapshot of every kept study, by id. Raises DataError naming the file where one is damaged."""
    return [_kept(pointer.parent) for pointer in sorted((home / "studies").glob(f"*/{CURRENT}"))]


def kept_study(study: str, home: Path) -> KeptStudy:
    """The current snapshot of one study; UsageError with the ids that are kept where there is none."""
    known = [pointer.parent.name for pointer in sorted((home / "studies").glob(f"*/{CURRENT}"))]
    if study not in known and not known:
        raise UsageError(Message("No study {study!r} is kept, nor any other: bring one in first.", study=study))
    if study not in known:
        near = get_close_matches(study, known, n=1)
        if near:
            facts = {"study": study, "near": near[0], "known": known}
            raise UsageError(Message("No study {study!r} is kept. Did you mean {near!r}? Kept: {known}", **facts))
        raise UsageError(Message("No study {study!r} is kept. Kept: {known}", study=study, known=known))
    return _kept(home / "studies" / study)


def keep_study(contents: StudyContents, home: Path) -> tuple[KeptStudy, bool]:
    """Write the snapshot of ``contents``, make it current, and say whether anything changed.

    Everything is written aside and shown by one rename. Raises Odd17Error where the disk is full or cannot be written
    to: what was there before is as it was.
    """
    folder = home / "studies" / contents.description.id
    with suppress(OSError):  # said better by what follows
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    changed = keep(folder, contents.id, lambda aside: _write(contents, aside))
    return _kept(folder), changed


def erase_study(study: str, home: Path) -> None:
    """Remove a study whole: microdata, estimates, every snapshot. UsageError where it is not kept.

    Releases that were published keep its estimates.
    """
    folder = home / "studies" / study
    if study not in {found.name for found in (home / "studies").glob("*") if found.is_dir()}:
        kept_study(study, home)
    with alone(folder):
        (folder / CURRENT).unlink(missing_ok=True)  # no release reads it any more, whatever stops the removal
        for path in folder.iterdir():
            if path.is_dir():
                shutil.rmtree(path)
    shutil.rmtree(folder)
    sync_folder(folder.parent)


def _write(contents: StudyContents, aside: Path) -> None:
    (aside / "raw").mkdir(parents=True, mode=0o700)
    write_bytes(aside / "study.yml", contents.study_file)
    write_bytes(aside / "raw" / contents.file, contents.raw)
    for name, table in (("respondents", contents.respondents), ("estimates", contents.estimates)):
        path = aside / f"{name}.parquet"
        table.write_parquet(path, compression="zstd", statistics=False)
        with path.open("rb") as file:
            os.fsync(file.fileno())
    write_json(aside / "description.json", study_to_json(contents.description))
    files = {"study.yml": "study.yml", contents.file: f"raw/{contents.file}", "estimates.parquet": "estimates.parquet"}
    write_json(
        aside / "provenance.json",
        provenance_to_json(contents.provenance)
        | {"file": contents.file, "files": {name: sha256_of(aside / path) for name, path in files.items()}},
    )
    sync_folder(aside / "raw")
    sync_folder(aside)


def _kept(folder: Path) -> KeptStudy:
    snapshot = (folder / CURRENT).read_text(encoding="utf-8").strip()
    path = folder / snapshot
    remedy = Message("import the study again")
    try:
        document = json.loads((path / "provenance.json").read_bytes())
        description = study_from_json(json.loads((path / "description.json").read_bytes()))
        estimates = pl.scan_parquet(path / "estimates.parquet")
        columns = estimates.collect_schema().names()
    except (OSError, ValueError, KeyError, pl.exceptions.PolarsError) as error:
        raise DataError("the kept study cannot be read", file=f"{folder.name}/{snapshot}", remedy=remedy) from error
    if columns != list(PERCEPTIONS):
        raise DataError("its estimates are of another form", file=f"{folder.name}/{snapshot}", remedy=remedy)
    return KeptStudy(
        folder.name, snapshot, path, description, estimates, provenance_from_json(document), document["files"]
    )
