"""The body of an answer: received within limits, completed where it was cut short, told apart from a page of HTML."""

from __future__ import annotations

import json
import os
import re
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import urllib3

from odd17.core.kernel import DataError, Message, Odd17Error, why
from odd17.store.checksum import sha256_of

from .sniff import check_start
from .trouble import Passing

SLOWEST = 1024
"""The fewest bytes a second that are waited for, once ``GRACE`` seconds have passed."""

GRACE = 60.0
"""Seconds after which a body must have come at a bearable pace."""

MAX_RATIO = 200
"""How many times its own size a compressed answer may unpack to, past ``_RATIO_FROM`` bytes."""

_RATIO_FROM = 10 * 2**20
_CHUNK = 2**18
_START = 1024
_RANGE = re.compile(r"bytes (\d+)-(\d+)/(\d+|\*)")


@dataclass(frozen=True, slots=True)
class Validators:
    """What a server gave to recognise a version of a file."""

    etag: str | None = None
    last_modified: str | None = None

    def conditions(self) -> dict[str, str]:
        """The headers by which a server may answer that nothing changed."""
        found = {"If-None-Match": self.etag, "If-Modified-Since": self.last_modified}
        return {name: value for name, value in found.items() if value}


@dataclass(frozen=True, slots=True)
class Body:
    """A body that was written: where it came from after redirects, what it weighs, and its fingerprint."""

    address: str
    sha256: str
    size: int
    retrieved: datetime
    headers: Mapping[str, str]


@dataclass
class Part:
    """The reception of one body. ``aside`` is where it is written, and what was received before is found."""

    address: str
    expected: str | None
    limit: int
    clock: Callable[[], float]
    aside: Path | None = None
    progress: Callable[[int, int], None] = field(default=lambda done, total: None)

    @property
    def _note(self) -> Path | None:
        """Where it is written of which version of the file the part is."""
        return None if self.aside is None else self.aside.with_name(f"{self.aside.name}.json")

    def resuming(self) -> dict[str, str]:
        """The headers that ask for the rest of what is at ``aside``; none where that cannot be done safely."""
        if self.aside is None or self._note is None or not self.aside.is_file():
            return {}
        size = self.aside.stat().st_size
        try:
            note = json.loads(self._note.read_bytes())
        except (OSError, ValueError):
            return {}
        # a weak ETag does not promise the same bytes
        validator = note.get("etag") if not str(note.get("etag")).startswith("W/") else None
        validator = validator or note.get("last_modified")
        if not size or not validator or note.get("address") != self.address:
            return {}
        return {"Range": f"bytes={size}-", "If-Range": str(validator)}

    def remember(self, headers: Mapping[str, str]) -> None:
        """Write down which version of the file is being received."""
        if self._note is not None:
            note = {
                "address": self.address,
                "etag": headers.get("etag"),
                "last_modified": headers.get("last-modified"),
            }
            self._note.write_text(json.dumps(note), encoding="utf-8")

    def forget(self) -> None:
        """Remove what was received."""
        for path in (self.aside, self._note):
            if path is not None:
                path.unlink(missing_ok=True)

    def done(self) -> None:
        """Remove the note: the body is whole."""
        if self._note is not None:
            self._note.unlink(missing_ok=True)

    def chunks(self, response: urllib3.BaseHTTPResponse, *, before: int = 0) -> Iterator[bytes]:
        """The bytes of ``response``, unpacked where it is packed; ``before`` are those received earlier.

        Raises Passing where the body ends early or drips, and DataError where it is too large, packed to burst, or of
        another kind.
        """
        stated = response.headers.get("Content-Length")
        length = int(stated) if stated is not None and stated.isdigit() else None
        if before + (length or 0) > self.limit:
            raise self._too_large(before + (length or 0))
        total = 0 if length is None else before + length
        kind = response.headers.get("Content-Type", "")
        packing = _Unpacking(response.headers.get("Content-Encoding", ""), self.address)
        started, received, given, start = self.clock(), 0, before, b""
        while chunk := response.read1(_CHUNK):
            received += len(chunk)
            spent = self.clock() - started
            if spent > GRACE and received < SLOWEST * spent:
                raise Passing(
                    Message("the server sends too slowly ({received:.0f} bytes a second)", received=received / spent)
                )
            for piece in packing.pieces(chunk):
                given += len(piece)
                if given > self.limit:
                    raise self._too_large(given)
                if before == 0 and len(start) < _START:
                    start = (start + piece)[:_START]
                    if len(start) == _START:
                        check_start(start, kind, self.expected, self.address)
                yield piece
            self.progress(before + received, total)
        if (length is not None and received != length) or not packing.is_whole:
            raise Passing(
                Message(
                    "the body was cut short ({received:,} bytes of {length})",
                    received=received,
                    length=length or "more",
                )
            )
        if before == 0 and len(start) < _START:
            check_start(start, kind, self.expected, self.address)

    def _too_large(self, size: int) -> DataError:
        return DataError(
            Message(
                "the file has {size_mb:,.0f} MB or more, and {limit_mb:,.0f} MB are accepted",
                size_mb=size / 2**20,
                limit_mb=self.limit / 2**20,
            ),
            file=self.address,
            remedy="see what it is; raise `size_mb` in the source file if it is genuine",
        )


def receive(
    response: urllib3.BaseHTTPResponse, part: Part, address: str, now: datetime, headers: Mapping[str, str]
) -> Body:
    """Write the body of ``response`` at ``part.aside`` (after what is there, where the server sends the rest)."""
    if part.aside is None:
        raise ValueError("a body is received at a place")
    before = part.aside.stat().st_size if part.aside.is_file() else 0
    if response.status == 416 or (response.status == 206 and not _continues(response, before)):
        part.forget()
        raise Passing("the server does not send the rest of the file")
    if response.status != 206:
        before = 0
    try:
        if before == 0:
            part.forget()
            # what arrives packed is kept unpacked: its length says nothing of where the rest would begin
            part.remember({} if "content-encoding" in headers else headers)
        with part.aside.open("ab") as file:
            for chunk in part.chunks(response, before=before):
                file.write(chunk)
            file.flush()
            os.fsync(file.fileno())
    except DataError:
        part.forget()
        raise
    except OSError as error:
        with suppress(OSError):
            part.forget()
        raise Odd17Error(
            Message(
                "{parent} cannot be written to: {why}. Nothing was changed.",
                parent=part.aside.parent,
                why=why(error),
            )
        ) from error
    if not part.aside.stat().st_size:
        part.forget()
        raise DataError("the server answers with an empty file", file=address, remedy="see the source's page")
    part.done()
    return Body(address, sha256_of(part.aside), part.aside.stat().st_size, now, headers)


def _continues(response: urllib3.BaseHTTPResponse, before: int) -> bool:
    found = _RANGE.fullmatch(response.headers.get("Content-Range", "").strip())
    return found is not None and int(found[1]) == before


class _Unpacking:
    """Turns the bytes that travel into those of the body."""

    def __init__(self, encoding: str, address: str) -> None:
        name = encoding.strip().lower()
        if name not in ("", "identity", "gzip", "x-gzip"):
            raise DataError(
                "the server packs its answer in a way that was not asked for", file=address, value=encoding,
                remedy="run the command again later",
            )  # fmt: skip
        self._address = address
        self._stream = zlib.decompressobj(zlib.MAX_WBITS | 16) if name in ("gzip", "x-gzip") else None
        self._received = self._given = 0

    @property
    def is_whole(self) -> bool:
        """Whether nothing is missing at the end, as far as the packing tells."""
        return self._stream is None or self._stream.eof

    def pieces(self, chunk: bytes) -> Iterator[bytes]:
        """What ``chunk`` adds to the body, in pieces of bounded size."""
        if self._stream is None:
            yield chunk
            return
        self._received += len(chunk)
        rest = chunk
        while rest and not self._stream.eof:
            try:
                piece = self._stream.decompress(rest, _CHUNK)
            except zlib.error as error:
                raise Passing("the packed body is damaged") from error
            rest = self._stream.unconsumed_tail
            self._given += len(piece)
            if self._given > _RATIO_FROM and self._given > MAX_RATIO * self._received:
                raise DataError(
                    Message(
                        "the answer unpacks to more than {max_ratio} times its size",
                        max_ratio=MAX_RATIO,
                    ),
                    file=self._address,
                    remedy="make sure of where the file comes from",
                )  # fmt: skip
            yield piece
