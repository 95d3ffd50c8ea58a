"""The territories that a user defines: one file each in odd17's own folder, written whole."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl
import yaml

from odd17.core.kernel import DataError, Message, UsageError
from odd17.core.territories import (
    CURRENT_VINTAGE,
    FORMER_COMMUNES,
    MUNICIPAL_ARRONDISSEMENTS,
    Cog,
    Level,
    OwnTerritory,
    slug,
    territory_id,
)

from . import places
from .checksum import sha256_of
from .documents import read_document
from .reading import read_bytes
from .whole_files import write_whole

MOST_COMMUNES = 5000
"""More than any région has: a longer list is another file than that of a perimeter."""

_CODE = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_LONGEST_CODE, _LONGEST_NAME = 60, 120
_COMMUNE = re.compile(r"(?:\d{5}|2[AB]\d{3})")
_COLUMNS = (
    "code",
    "commune",
    "codgeo",
    "com",
    "insee",
    "code_insee",
    "code_commune",
    "insee_com",
    "depcom",
    "codecommune",
)


@dataclass(frozen=True, slots=True)
class OwnFile:
    """A territory and the file that defines it."""

    territory: OwnTerritory
    path: Path
    sha256: str


def own_files(home: Path | None = None) -> list[OwnFile]:
    """Every territory defined under ``home`` (None: odd17's own), by code.

    Raises DataError naming the file and the field where one is damaged.
    """
    folder = _folder(home)
    return [OwnFile(_read(path), path, sha256_of(path)) for path in sorted(folder.glob("*.yml"))]


def define(
    name: str, file: Path, cog: Cog, *, code: str | None = None, column: str | None = None, home: Path | None = None
) -> OwnTerritory:
    """Read the communes of ``file``, check each, keep the territory under ``home`` and return it.

    ``file`` has one code of commune a line, or is a CSV of which ``column`` has them (None: the first one with a usual
    name). The code of the territory is made of its name where ``code`` is None; a territory of the same code is
    replaced. Raises DataError with the row and the value for what is not a commune of ``cog`` (with its successor or
    the code that was meant, where there is one), for a commune given twice and for an empty file; UsageError for a name
    or a code that cannot be used. Nothing is written then.
    """
    title = " ".join(name.split())
    if not title or len(title) > _LONGEST_NAME or not title.isprintable():
        raise UsageError(
            Message("Give the territory a name of 1 to {longest_name} characters.", longest_name=_LONGEST_NAME)
        )
    key = slug(title)[:_LONGEST_CODE].strip("-") if code is None else code
    if not _CODE.fullmatch(key) or len(key) > _LONGEST_CODE:
        raise UsageError(
            Message(
                "{key!r} cannot be the id of a territory: give --id with lower-case letters, digits and "
                "hyphens, at most {longest_code}.",
                key=key[:80],
                longest_code=_LONGEST_CODE,
            )
        )
    own = OwnTerritory(key, title, tuple(_checked(_cells(file, column), cog, file.name)))
    folder = _folder(home)
    folder.mkdir(parents=True, exist_ok=True)
    document = {"name": own.name, "vintage": cog.vintage, "communes": list(own.communes)}
    text = yaml.safe_dump(document, allow_unicode=True, sort_keys=False, width=120)
    write_whole(folder / f"{key}.yml", text.encode())
    return own


def forget(code: str, home: Path | None = None) -> OwnTerritory:
    """Remove the territory of this code (or identifier) and return it; releases that have it keep it.

    Raises UsageError, naming those that there are, where there is none.
    """
    key = code.removeprefix(f"{Level.OWN.value}-")
    path = _folder(home) / f"{key}.yml"
    if not _CODE.fullmatch(key) or not path.is_file():
        known = [item.territory.code for item in own_files(home)] or Message("none")
        raise UsageError(
            Message("No territory of your own has the id {code!r}; there are: {known}.", code=code[:80], known=known)
        )
    own = _read(path)
    path.unlink()
    return own


def _folder(home: Path | None) -> Path:
    return (places.home() if home is None else home) / "territories"


def _read(path: Path) -> OwnTerritory:
    document = read_document(path, "own-territory")
    remedy = Message("define the territory again, from a file of codes of the current year")
    if not _CODE.fullmatch(path.stem):
        raise DataError("the name of the file is not the id of a territory", file=str(path), remedy=remedy)
    if document["vintage"] != CURRENT_VINTAGE:
        raise DataError(
            Message("the codes are of another COG than that of {current_vintage}", current_vintage=CURRENT_VINTAGE),
            file=str(path), column="vintage", value=document["vintage"], remedy=remedy,
        )  # fmt: skip
    return OwnTerritory(path.stem, document["name"], tuple(document["communes"]))


def _cells(file: Path, column: str | None) -> Iterator[tuple[int, str | None, str]]:
    """Row, column and cell of each code in the file; blank lines are passed over."""
    data = read_bytes(file)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", errors="replace")
    if "\0" in text:
        raise DataError("not a text file", file=file.name, remedy="give a CSV, or one code a line")
    head = text.split("\n", 1)[0]
    delimiter = max(";,\t", key=head.count)
    rows = [(number, row) for number, row in enumerate(csv.reader(text.splitlines(), delimiter=delimiter), start=1)]
    rows = [(number, [cell.strip() for cell in row]) for number, row in rows if any(cell.strip() for cell in row)]
    if not rows:
        raise DataError("the file has no code", file=file.name, remedy="give one code of commune a line")
    header = rows[0][1]
    names = [slug(cell).replace("-", "_") for cell in header]
    if column is not None:
        if column not in header:
            raise DataError(
                Message(
                    "there is no such column; the first row has: {header}",
                    header=', '.join(header)[:200],
                ),
                file=file.name,
                row=rows[0][0], value=column, remedy="give --column one of these names",
            )  # fmt: skip
        position, title = header.index(column), column
    elif (found := next((names.index(known) for known in _COLUMNS if known in names), None)) is not None:
        position, title = found, header[found]
    elif len(header) == 1:
        yield from ((number, None, row[0]) for number, row in rows)
        return
    else:
        raise DataError(
            Message(
                "nothing tells which column has the codes; the first row has: {header}",
                header=', '.join(header)[:200],
            ),
            file=file.name, row=rows[0][0], remedy="give --column the name of the one with the codes of the communes",
        )  # fmt: skip
    for number, row in rows[1:]:
        yield number, title, row[position] if position < len(row) else ""


def _checked(cells: Iterator[tuple[int, str | None, str]], cog: Cog, name: str) -> list[str]:
    found: dict[str, int] = {}
    for row, column, cell in cells:
        code = cell.upper().removeprefix(f"{Level.COMMUNE.value}-")
        if territory_id(Level.COMMUNE, code) not in cog:
            message, remedy = _refusal(code, cog)
            raise DataError(message, file=name, row=row, column=column, value=cell, remedy=remedy)
        if code in found:
            raise DataError(
                Message(
                    "the commune stands twice: in row {found} too",
                    found=found[code],
                ),
                file=name, row=row, column=column, value=cell,
                remedy="keep one of the two rows",
            )  # fmt: skip
        found[code] = row
    if not found:
        raise DataError("the file has no code", file=name, remedy="give one code of commune a line")
    if len(found) > MOST_COMMUNES:
        raise DataError(
            Message("more than {most_communes} communes", most_communes=MOST_COMMUNES),
            file=name,
            remedy="choose a région, or France",
        )
    return sorted(found)


def _refusal(code: str, cog: Cog) -> tuple[Message, Message]:
    """What is wrong with a code that is that of no commune, and what to do about it."""
    padded = code.zfill(5)
    if len(code) == 4 and territory_id(Level.COMMUNE, padded) in cog:
        commune = cog[territory_id(Level.COMMUNE, padded)]
        return (
            Message("the code lost its leading zero"),
            Message("write {code} ({name}), and keep the column as text", code=padded, name=commune.name),
        )
    if code in MUNICIPAL_ARRONDISSEMENTS:
        whole = cog[territory_id(Level.COMMUNE, MUNICIPAL_ARRONDISSEMENTS[code])]
        return (
            Message("a municipal arrondissement is not a commune"),
            Message("write {code} ({name})", code=whole.code, name=whole.name),
        )
    former = pl.read_parquet(places.shipped() / "cog" / str(CURRENT_VINTAGE) / "former_communes.parquet")
    known = former.select(list(FORMER_COMMUNES)).filter(pl.col("code") == code)
    if not known.is_empty():
        _, old, after = known.row(0)
        commune = cog[territory_id(Level.COMMUNE, after)]
        return (
            Message("{name} is not a commune of {vintage}", name=old, vintage=cog.vintage),
            Message("write {code} ({name}), the commune that holds it today", code=after, name=commune.name),
        )
    if not _COMMUNE.fullmatch(code):
        return (
            Message("not the code of a commune"),
            Message("write the five characters of its COG code, as in 35238 or 2A004"),
        )
    near: Sequence[str] = [f"{item.code} ({item.name})" for item in cog.suggest(code) if item.level is Level.COMMUNE]
    return (
        Message("no commune of {vintage} has this code", vintage=cog.vintage),
        Message("check it against the COG of {vintage}; near it: {near}", vintage=cog.vintage, near=near[:3])
        if near
        else Message("check it against the COG of {vintage}", vintage=cog.vintage),
    )
