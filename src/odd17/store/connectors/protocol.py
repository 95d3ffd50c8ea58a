"""What every connector does: say which vintages there are, fetch one as published, and read it as a table of text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol

import polars as pl

from odd17.core.indicators.source import Source

from .http import Client


@dataclass(frozen=True, slots=True)
class Vintage:
    """One edition of a source, as its service lists it.

    ``id`` names it (a product, a resource, an address); ``title`` is what its name tells, in which a period may stand;
    ``modified`` is the date that the service states, ``size`` its bytes: two vintages with the same ``stamp`` are one.
    ``name`` is the name under which the file is kept. ``checksum`` is written ``sha256:…``, and ``rows`` is how many
    a table has, where they are stated.
    """

    id: str
    address: str
    name: str
    title: str = ""
    modified: str | None = None
    size: int | None = None
    checksum: str | None = None
    rows: int | None = None

    @property
    def stamp(self) -> str | None:
        """What changes whenever the service says that the file changed; None where it says nothing."""
        stated = self.checksum or self.modified
        return None if stated is None else f"{self.id} {stated} {self.size if self.size is not None else ''}".strip()


@dataclass(frozen=True, slots=True)
class RawFile:
    """A file as published, kept under ``raw/<source>/<12 digits of its sha256>/`` with ``fetch.json`` beside it."""

    path: Path
    sha256: str
    url: str
    retrieved: datetime
    headers: Mapping[str, str]
    vintage: Vintage
    is_new: bool = True


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which part of a table is needed, so that large files are read without being held.

    ``columns`` are the source's own columns (``*`` stands for any text), None for all of them. Of ``rows``, each says
    which cells its columns must have: a row that answers to one of them is kept, and every row where there is none.
    ``since`` keeps the rows of periods from that year on.
    """

    columns: frozenset[str] | None = None
    rows: tuple[Mapping[str, tuple[str, ...]], ...] = ()
    since: int | None = None


class Connector(Protocol):
    """One kind of service."""

    def vintages(self, source: Source, client: Client) -> tuple[Vintage, ...]:
        """The vintages that the service offers, newest first; raises DataError where the source is not there."""

    def fetch(self, source: Source, vintage: Vintage, client: Client, home: Path) -> RawFile:
        """``vintage`` as published, kept under ``home``; what is there already is not fetched again."""

    def table(self, source: Source, raw: RawFile, wanted: Wanted, work: Path) -> pl.LazyFrame:
        """``raw`` in the form that recipes read (``core.indicators.source_table``).

        ``work`` is an empty folder for what is unpacked: it must live as long as the table is read. Raises DataError
        where the shape of the file is not the one described.
        """
