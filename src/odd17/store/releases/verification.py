"""Verification: does a release still hold, byte for byte, what its manifest says?"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from odd17.core.kernel import Message, ReleaseError
from odd17.store.checksum import sha256_of

from . import layout
from .release import Release


@dataclass(frozen=True, slots=True)
class Difference:
    """One way in which a file is not what the manifest says.

    ``what`` is ``missing``, ``unexpected``, ``bytes``, ``sha256`` or ``rows``; ``expected`` and ``found`` are what the
    manifest says and what is there, or None.
    """

    path: str
    what: str
    expected: str | None = None
    found: str | None = None

    def __str__(self) -> str:
        return self.said

    @property
    def said(self) -> Message:
        """The difference as a sentence."""
        if self.what == "missing":
            return Message("{path}: missing", path=self.path)
        if self.what == "unexpected":
            return Message("{path}: unexpected", path=self.path)
        return Message(
            "{path}: {what}: expected {expected}, found {found}",
            path=self.path,
            what=self.what,
            expected=self.expected,
            found=self.found,
        )


def verify(release: Release) -> tuple[Difference, ...]:
    """Every difference between the files of ``release`` and its manifest; empty where it is whole.

    Checksums, sizes and numbers of rows are computed anew, and files that the manifest does not know are named. Raises
    ReleaseError where the manifest itself cannot be read.
    """
    try:
        manifest = json.loads((release.path / layout.MANIFEST).read_bytes())
        resources = {resource["path"]: resource for resource in manifest["resources"]}
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ReleaseError(
            Message(
                "Release {release} is damaged: {manifest} cannot be read.",
                release=release.id,
                manifest=layout.MANIFEST,
            )
        ) from error
    there = {
        path.relative_to(release.path).as_posix() for path in release.path.rglob("*") if path.is_file()
    } - {layout.MANIFEST}  # fmt: skip
    found: list[Difference] = []
    for name, resource in sorted(resources.items()):
        if name not in there:
            found.append(Difference(name, "missing"))
            continue
        path = release.path / name
        found += _compared(name, "bytes", resource["bytes"], path.stat().st_size)
        found += _compared(name, "sha256", resource["hash"].removeprefix("sha256:"), sha256_of(path))
        if "rows" in resource and path.suffix == ".parquet":
            found += _compared(name, "rows", resource["rows"], _rows(path))
    found += [Difference(name, "unexpected") for name in sorted(there - resources.keys())]
    return tuple(found)


def _compared(name: str, what: str, expected: object, found: object) -> list[Difference]:
    return [] if expected == found else [Difference(name, what, str(expected), str(found))]


def _rows(path: Path) -> int | str:
    try:
        return int(pl.scan_parquet(path).select(pl.len()).collect().item())
    except (OSError, pl.exceptions.PolarsError):
        return "not a Parquet file"
