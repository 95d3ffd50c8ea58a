"""Files as published, kept for ever under ``raw/<source>/<12 digits of the sha256>/``, with what is known of the fetch.

Of those that hold personal data, only some columns are (``personal``).
``raw/<source>/CURRENT`` names the newest. Nothing is shown before it is whole: a folder appears by one rename.
"""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

from odd17.core.kernel import DataError, Message, Odd17Error, why
from odd17.store.documents import write_json
from odd17.store.whole_files import write_whole

from .body import Body, Validators
from .protocol import RawFile, Vintage

CURRENT = "CURRENT"
NOTE = "fetch.json"
_SAFE = re.compile(r"[^A-Za-z0-9._-]+")
_WHOLE = 0.95  # a dataset may lose some rows between the two questions

Receive = Callable[[Path, Validators | None], Body | None]
"""Writes a body at a path, given what is known of the one before; None where nothing changed."""


def folder_of(source: str, home: Path) -> Path:
    """Where the files of ``source`` are kept under ``home``."""
    return home / "raw" / source


def kept(source: str, home: Path) -> RawFile | None:
    """The newest file of ``source`` under ``home``; None where nothing was fetched yet.

    Raises DataError where the file was changed or removed since.
    """
    folder = folder_of(source, home)
    try:
        place = folder / (folder / CURRENT).read_text(encoding="utf-8").strip()
        note = json.loads((place / NOTE).read_bytes())
        path = place / note["name"]
        stated = path.stat().st_size
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError) as error:
        raise DataError(
            "what is known of the fetched file cannot be read", file=str(folder), remedy="remove the folder, pull again"
        ) from error
    if stated != note["size"]:
        raise DataError("the fetched file was changed", file=str(path), remedy="remove its folder, then pull again")
    return RawFile(
        path=path,
        sha256=note["sha256"],
        url=note["url"],
        retrieved=datetime.fromisoformat(note["retrieved"]),
        headers=note["headers"],
        vintage=Vintage(**note["vintage"]),
        is_new=False,
    )


def keep(source: str, vintage: Vintage, home: Path, receive: Receive, *, checked: datetime) -> RawFile:
    """Fetch ``vintage`` by ``receive`` unless it is there already, and keep it as the newest file of ``source``.

    Nothing is fetched where the service states the same version as that of the file kept; where it states none, the
    server is asked whether its file changed. Raises Odd17Error where the folder cannot be written to.
    """
    before = kept(source, home)
    if before is not None and before.vintage.stamp is not None and before.vintage.stamp == vintage.stamp:
        _note_check(before, checked)
        return before
    same = before is not None and before.vintage.address == vintage.address
    validators = _validators(before) if before is not None and same else None
    folder = folder_of(source, home)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        aside = folder / f".part-{_SAFE.sub('_', vintage.id)[-60:]}"
        body = receive(aside, validators)
        if body is None and before is not None:
            _note_check(before, checked)
            return before
        if body is None:
            raise DataError("the server says that a file it never sent is unchanged", file=vintage.address)
        return _placed(body, aside, vintage, folder, before)
    except OSError as error:
        raise Odd17Error(
            Message(
                "{folder} cannot be written to: {why}. Nothing was changed.",
                folder=folder,
                why=why(error),
            )
        ) from error


def _placed(body: Body, aside: Path, vintage: Vintage, folder: Path, before: RawFile | None) -> RawFile:
    _check_sum(body, vintage, aside)
    _check_rows(vintage, aside)
    name = _SAFE.sub("_", vintage.name).strip("._") or "file"
    place = folder / body.sha256[:12]
    note = {
        "name": name,
        "sha256": body.sha256,
        "size": body.size,
        "url": body.address,
        "retrieved": body.retrieved.astimezone(UTC).isoformat(timespec="seconds"),
        "checked": body.retrieved.astimezone(UTC).isoformat(timespec="seconds"),
        "headers": dict(body.headers),
        "vintage": asdict(vintage),
    }
    is_new = before is None or before.sha256 != body.sha256
    writing = folder / f".writing-{body.sha256[:12]}"
    shutil.rmtree(writing, ignore_errors=True)
    writing.mkdir()
    try:
        os.replace(aside, writing / name)
        write_json(writing / NOTE, note)
        if place.is_dir():  # the same bytes under a newer date: what is known of them is renewed
            shutil.rmtree(place)
        os.rename(writing, place)
    finally:
        shutil.rmtree(writing, ignore_errors=True)
    write_whole(folder / CURRENT, f"{place.name}\n".encode())
    return RawFile(place / name, body.sha256, body.address, body.retrieved, body.headers, vintage, is_new)


def _check_rows(vintage: Vintage, aside: Path) -> None:
    """Refuse a table with fewer lines than rows are stated: a cell over several lines can only hide that."""
    if vintage.rows is None:
        return
    with aside.open("rb") as file:
        lines = sum(block.count(b"\n") for block in iter(lambda: file.read(1 << 20), b""))
    if lines < _WHOLE * vintage.rows:
        aside.unlink(missing_ok=True)
        raise DataError(
            Message(
                "the file has {lines:,} lines, and the service says that the dataset has {rows:,} rows",
                lines=lines,
                rows=vintage.rows,
            ),
            file=vintage.address,
            remedy="run the command again later: what was there before stays",
        )


def _check_sum(body: Body, vintage: Vintage, aside: Path) -> None:
    stated = vintage.checksum or ""
    if stated.startswith("sha256:") and stated[7:].lower() != body.sha256:
        aside.unlink(missing_ok=True)
        raise DataError(
            "the file is not the one that the service describes: another checksum", file=vintage.address,
            remedy="run the command again: the file may have been replaced meanwhile",
        )  # fmt: skip


def _validators(raw: RawFile) -> Validators:
    return Validators(raw.headers.get("etag"), raw.headers.get("last-modified"))


def _note_check(raw: RawFile, checked: datetime) -> None:
    """Write down that the file was found unchanged."""
    path = raw.path.with_name(NOTE)
    with suppress(OSError):  # a note of courtesy: the file is whole without it
        note = json.loads(path.read_bytes()) | {"checked": checked.astimezone(UTC).isoformat(timespec="seconds")}
        write_whole(path, (json.dumps(note, ensure_ascii=False, indent=2) + "\n").encode())
