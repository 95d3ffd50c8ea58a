"""The bytes of a published file, within limits: read once, told apart by their first bytes, unpacked with a bound."""

from __future__ import annotations

import io
import os
import struct
import zipfile
import zlib
from enum import StrEnum
from pathlib import Path

from odd17.core.kernel import DataError, Message, why

MAX_FILE_BYTES = 200 * 2**20
"""The largest file that is read."""

MAX_UNPACKED_BYTES = 500 * 2**20
"""The most that a compressed file may unpack to."""

MAX_RATIO = 200
"""How many times its own size a compressed file may unpack to, past ``_RATIO_FROM`` (text packs 3 to 30 times)."""

_RATIO_FROM = 10 * 2**20
_CHUNK = 2**20


class Kind(StrEnum):
    """What a file is."""

    TEXT = "text"
    XLSX = "xlsx"
    XLS = "xls"
    PARQUET = "parquet"
    JSON = "json"


def read_bytes(path: Path) -> bytes:
    """The bytes of the file at ``path``, read once; raises DataError where it is absent, too large or changing."""
    again = Message("check that the file is there and complete, then try again")
    try:
        with path.open("rb") as file:
            size = os.fstat(file.fileno()).st_size
            if size > MAX_FILE_BYTES:
                raise _too_large(path.name, size, MAX_FILE_BYTES)
            data = file.read(MAX_FILE_BYTES + 1)
            if len(data) != size or os.fstat(file.fileno()).st_size != size:
                raise DataError("the file changed while it was read", file=path.name, remedy=again)
    except OSError as error:
        raise DataError(
            Message("the file cannot be read ({why})", why=why(error)), file=path.name, remedy=again
        ) from error
    if not data:
        raise DataError("the file is empty", file=path.name, remedy="download it again")
    return data


def opened(data: bytes, name: str) -> tuple[Kind, bytes]:
    """What ``data`` is, and its bytes once gunzipped; raises DataError where it would unpack beyond the limits."""
    suffixes = [suffix.lower() for suffix in Path(name).suffixes]
    if data[:2] == b"\x1f\x8b":
        data = _gunzipped(data, name)
        suffixes = [suffix for suffix in suffixes if suffix != ".gz"]
    if data[:4] == b"PK\x03\x04":
        check_zip(data, name)
        return Kind.XLSX, data
    if data[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        return Kind.XLS, data
    if data[:4] == b"PAR1":
        return Kind.PARQUET, data
    return (Kind.JSON if suffixes[-1:] == [".json"] else Kind.TEXT), data


def check_zip(data: bytes, name: str) -> None:
    """Raise DataError where the members of the zip ``data`` would unpack beyond the limits.

    The sizes that the directory states are read first; then each member is unpacked and thrown away: a directory
    may lie.
    """
    try:
        members = zipfile.ZipFile(io.BytesIO(data)).infolist()
    except (zipfile.BadZipFile, ValueError, struct.error) as error:
        raise DataError("a damaged workbook", file=name, remedy="download the file again") from error
    stated = sum(member.file_size for member in members)
    _check_size(stated, len(data), name)
    total = 0
    for member in members:
        if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise DataError("packed in an unusual way", file=name, remedy="save the workbook again as XLSX")
        if member.compress_type == zipfile.ZIP_DEFLATED:
            start = member.header_offset
            lengths = data[start + 26 : start + 30]
            if len(lengths) < 4:
                raise DataError("a damaged workbook", file=name, remedy="download the file again")
            start += 30 + sum(struct.unpack("<HH", lengths))
            total = _unpacked(data[start : start + member.compress_size], -zlib.MAX_WBITS, name, total, len(data))[0]


def _gunzipped(data: bytes, name: str) -> bytes:
    total, unpacked = 0, []
    rest = data
    while rest[:2] == b"\x1f\x8b":  # a gzip file may have several members
        total, parts, rest = _unpacked(rest, zlib.MAX_WBITS | 16, name, total, len(data), keep=True)
        unpacked.extend(parts)
    return b"".join(unpacked)


def _unpacked(
    data: bytes, window: int, name: str, total: int, packed: int, *, keep: bool = False
) -> tuple[int, list[bytes], bytes]:
    """How many bytes have come out in all, what came out (where ``keep``), and the bytes after the stream."""
    stream = zlib.decompressobj(window)
    parts: list[bytes] = []
    rest = data
    try:
        while not stream.eof:
            part = stream.decompress(rest, _CHUNK)
            rest = stream.unconsumed_tail
            total += len(part)
            _check_size(total, packed, name)
            if keep:
                parts.append(part)
            if not part and not rest:
                raise DataError("the compressed file is cut short", file=name, remedy="download the file again")
    except zlib.error as error:
        raise DataError("the compressed file is damaged", file=name, remedy="download the file again") from error
    return total, parts, stream.unused_data


def _check_size(unpacked: int, packed: int, name: str) -> None:
    if unpacked > MAX_UNPACKED_BYTES or (unpacked > _RATIO_FROM and unpacked > MAX_RATIO * packed):
        raise DataError(
            Message(
                "the file would unpack to {unpacked_mb:,.0f} MB or more from {packed_mb:,.1f} MB, beyond "
                "what is accepted ({most_mb} MB, and {max_ratio} times its size)",
                unpacked_mb=unpacked / 2**20,
                packed_mb=packed / 2**20,
                most_mb=MAX_UNPACKED_BYTES // 2**20,
                max_ratio=MAX_RATIO,
            ),
            file=name,
            remedy="make sure of where the file comes from; publish it as CSV or Parquet if it is genuine",
        )


def _too_large(name: str, size: int, limit: int) -> DataError:
    return DataError(
        Message(
            "the file has {size_mb:,.0f} MB, more than the {limit_mb} MB that are accepted",
            size_mb=size / 2**20,
            limit_mb=limit // 2**20,
        ),
        file=name,
        remedy="publish it as Parquet, or cut it into several files",
    )
