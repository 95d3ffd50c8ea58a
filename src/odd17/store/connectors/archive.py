"""What is inside an archive, taken out one member at a time: never outside its folder, never beyond its bound."""

from __future__ import annotations

import shutil
import struct
import zipfile
import zlib
from collections.abc import Sequence
from fnmatch import fnmatchcase
from pathlib import Path, PurePosixPath

from odd17.core.kernel import DataError, Message, Odd17Error

MAX_UNPACKED = 6 * 2**30
"""The most that a file may unpack to, in bytes (a census table of 100 MB packed has some 3 GB)."""

MAX_RATIO = 200
"""How many times its own size a file may unpack to, past ``_RATIO_FROM``."""

_RATIO_FROM = 10 * 2**20
_CHUNK = 2**20


def is_zip(path: Path) -> bool:
    """Whether the file is a zip archive that is not itself a workbook."""
    with path.open("rb") as file:
        if file.read(4) != b"PK\x03\x04":
            return False
    with _opened(path) as archive:
        return "[Content_Types].xml" not in archive.namelist()


def is_gzip(path: Path) -> bool:
    """Whether the file is packed by gzip."""
    with path.open("rb") as file:
        return file.read(2) == b"\x1f\x8b"


def take_members(path: Path, pattern: str, without: Sequence[str], into: Path, *, every: bool = False) -> list[Path]:
    """The member of the zip at ``path`` that ``pattern`` names, unpacked into the folder ``into``.

    ``*`` stands for any text and capitals do not matter; members that one of ``without`` names are passed over. Where
    ``every``, all those that answer. Raises DataError where a member's path leads outside the archive, where none
    answers, or several and not ``every``, and where they would unpack beyond what is accepted.
    """
    name = path.name
    with _opened(path) as archive:
        members = [item for item in archive.infolist() if not item.is_dir()]
        for item in members:
            _refuse_outside(item.filename, name)
        found = [item for item in members if _is(item.filename, pattern)]
        found = [item for item in found if not any(_is(item.filename, other) for other in without)]
        if not found or (len(found) > 1 and not every):
            inside = ", ".join(PurePosixPath(item.filename).name for item in members[:12])
            raise DataError(
                Message("{found} files of the archive answer to this name", found=len(found)), file=name, value=pattern,
                remedy=Message("correct `member` in the source file. The archive has {inside}", inside=inside),
            )  # fmt: skip
        _check_room(sum(item.file_size for item in found), into, name)
        total, taken = 0, []
        for at, item in enumerate(sorted(found, key=lambda item: item.filename)):
            base = PurePosixPath(item.filename).name
            target = into / (base if len(found) == 1 else f"{at:04}-{base}")
            try:
                with archive.open(item) as member, target.open("wb") as out:
                    while chunk := member.read(_CHUNK):
                        total += len(chunk)
                        _check(total, path.stat().st_size, name)
                        out.write(chunk)
            except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError) as error:
                raise _damaged(name) from error
            taken.append(target)
    return taken


def gunzip(path: Path, into: Path) -> Path:
    """The file at ``path`` unpacked into the folder ``into``; raises DataError beyond what is accepted."""
    target = into / path.name.removesuffix(".gz")
    if target == path:
        target = into / f"{path.name}.unpacked"
    stream, rest = zlib.decompressobj(zlib.MAX_WBITS | 16), b""
    total, packed, is_open = 0, path.stat().st_size, False
    try:
        with path.open("rb") as file, target.open("wb") as out:
            while True:
                rest = rest or file.read(_CHUNK)
                if not rest:
                    break
                part = stream.decompress(rest, _CHUNK)
                rest, is_open = stream.unconsumed_tail, not stream.eof
                if stream.eof:  # a gzip file may have several members
                    rest, stream = stream.unused_data, zlib.decompressobj(zlib.MAX_WBITS | 16)
                total += len(part)
                _check(total, packed, path.name)
                out.write(part)
    except zlib.error as error:
        raise _damaged(path.name) from error
    if is_open:
        raise _damaged(path.name)
    return target


def _opened(path: Path) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(path)
    except (zipfile.BadZipFile, ValueError, struct.error) as error:
        raise _damaged(path.name) from error


def _is(member: str, pattern: str) -> bool:
    """Whether ``pattern`` names the member, by its whole path or by its last part."""
    lowered, wanted = member.lower(), pattern.lower()
    return fnmatchcase(lowered, wanted) or fnmatchcase(PurePosixPath(lowered).name, wanted)


def _refuse_outside(member: str, name: str) -> None:
    parts = member.replace("\\", "/").split("/")
    if ".." in parts or member.startswith(("/", "\\")) or ":" in parts[0]:
        raise DataError(
            "a file of the archive leads outside of it", file=name, value=member,
            remedy="make sure of where the archive comes from; nothing was unpacked",
        )  # fmt: skip


def _check_room(stated: int, folder: Path, name: str) -> None:
    free = shutil.disk_usage(folder).free
    if stated > free:
        raise Odd17Error(
            Message(
                "{name} unpacks to {stated_mb:,.0f} MB, and {folder} has {free_mb:,.0f} MB left. Remedy: "
                "make room, then run the command again.",
                name=name,
                stated_mb=stated / 2**20,
                folder=folder,
                free_mb=free / 2**20,
            )
        )


def _check(total: int, packed: int, name: str) -> None:
    if total > MAX_UNPACKED or (total > _RATIO_FROM and total > MAX_RATIO * packed):
        raise DataError(
            Message(
                "the file unpacks to {total_mb:,.0f} MB or more from {packed_mb:,.1f} MB, beyond what is "
                "accepted ({max_ratio} times its size)",
                total_mb=total / 2**20,
                packed_mb=packed / 2**20,
                max_ratio=MAX_RATIO,
            ),
            file=name,
            remedy="make sure of where the file comes from",
        )


def _damaged(name: str) -> DataError:
    return DataError("the archive is damaged", file=name, remedy="remove its folder, then pull again")
