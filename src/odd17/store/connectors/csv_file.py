"""A file of separated values of any size as a lazy table of text: decoded once, never held whole."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import polars as pl

from odd17.core.kernel import DataError, Message
from odd17.store.reading.text import DELIMITERS

_CHUNK = 2**20


def scan_text(path: Path, form: Mapping[str, Any], work: Path) -> pl.LazyFrame:
    """The file at ``path`` as text cells under its own header, blanks around names taken away.

    ``form`` may state ``encoding``, ``delimiter``, ``header_row`` and ``data_row``; the first two are found out where
    it does not. Raises DataError where the file is not in the stated encoding, or has no such row.
    """
    plain = _in_utf8(path, form.get("encoding"), work)
    header_row = int(form.get("header_row", 1))
    line = _line(plain, header_row, path.name)
    delimiter = form.get("delimiter") or max(DELIMITERS, key=line.count)
    names = next(csv.reader(io.StringIO(line, newline=""), delimiter=delimiter), [])
    labels = [" ".join(name.split()) for name in names]
    if len(labels) < 2 and form.get("delimiter") is not None:
        other = max(DELIMITERS, key=line.count)
        raise DataError(
            Message(
                "the separator is not {delimiter!r}",
                delimiter=delimiter,
            ),
            file=path.name, row=header_row, value=line[:80],
            remedy=Message(
                "write `delimiter: {other!r}` under `format` in the source file",
                other=other,
            ) if line.count(other) else None,
        )  # fmt: skip
    unique = [label if label and label not in labels[:at] else f"{label}#{at + 1}" for at, label in enumerate(labels)]
    return pl.scan_csv(
        plain,
        separator=delimiter,
        has_header=False,
        skip_lines=int(form.get("data_row", header_row + 1)) - 1,
        schema=dict.fromkeys(unique, pl.String),
        empty_string_is_null=False,
    )


def _in_utf8(path: Path, encoding: str | None, work: Path) -> Path:
    """``path`` where it is UTF-8, else a copy in UTF-8 in ``work``."""
    if encoding is None:
        if _is_utf8(path):
            return path
        encoding = "cp1252"
    codec = codecs.lookup(encoding).name
    if codec == "utf-8":
        if not _is_utf8(path):
            raise DataError(
                "not UTF-8 text", file=path.name, remedy="correct or leave out `encoding` in the source file"
            )
        return path
    target = work / f"{path.name}.utf-8"
    # a few bytes mean nothing in cp1252: they then are what they are in Latin-1
    with path.open("rb") as file, target.open("w", encoding="utf-8", newline="") as out:
        while chunk := file.read(_CHUNK):
            try:
                out.write(chunk.decode(codec))
            except UnicodeDecodeError:
                out.write(chunk.decode("latin-1"))
    return target


def _is_utf8(path: Path) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        with path.open("rb") as file:
            while chunk := file.read(_CHUNK):
                if b"\x00" in chunk:
                    raise DataError("not a text file: it has zero bytes", file=path.name, remedy="correct `format`")
                decoder.decode(chunk)
            decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _line(path: Path, row: int, name: str) -> str:
    with path.open(encoding="utf-8-sig", newline="\n") as file:
        for number, line in enumerate(file, 1):
            if number == row:
                return line.rstrip("\r\n")
    raise DataError("the file has no such row", file=name, row=row, remedy="correct `header_row` in the source file")
