"""A file at an address: CSV, workbook, Parquet, an archive of them, gzipped or not; or an answer in linked pages."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit

import polars as pl

from odd17.core.indicators.source import Source
from odd17.core.kernel import DataError

from .body import Body, Validators
from .http import Client
from .personal import reduced_name, reducing
from .protocol import RawFile, Vintage, Wanted
from .raw import keep
from .tabulate import tabulate

_MOST_PAGES = 2000


class FileConnector:
    """``access``: ``address``, and for an archive ``member``, ``without`` and ``every`` (see ``archive``)."""

    def vintages(self, source: Source, client: Client) -> tuple[Vintage, ...]:
        """The one file that stands at the address; whether it is a new one, only its server can say."""
        address = str(source.access["address"])
        name = PurePosixPath(unquote(urlsplit(address).path)).name or source.id
        return (Vintage(id=name, address=address, name=name, title=name),)

    def fetch(self, source: Source, vintage: Vintage, client: Client, home: Path) -> RawFile:
        """The file, unless the server says that it is the one kept; the pages of an answer, one below the other."""
        if source.access.get("paging") == "link":
            return keep(source.id, vintage, home, _paged(source, vintage, client), checked=client.now())
        return download(source, vintage, client, home)

    def table(self, source: Source, raw: RawFile, wanted: Wanted, work: Path) -> pl.LazyFrame:
        """The table in the file."""
        return tabulate(
            source,
            raw.path,
            wanted,
            work,
            names=(raw.vintage.title, raw.vintage.id),
            member=source.access.get("member"),
            without=source.access.get("without", ()),
            every=bool(source.access.get("every")),
        )


def download(source: Source, vintage: Vintage, client: Client, home: Path, *, hosts: tuple[str, ...] = ()) -> RawFile:
    """Fetch ``vintage`` at its address into ``home``; redirects may go to ``hosts`` and to those of the source file.

    Of a file that holds personal data, only the columns that the source keeps stay there.
    """
    allowed = (*hosts, *source.access.get("hosts", ()))

    def receive(aside: Path, known: Validators | None) -> Body | None:
        return client.download(
            vintage.address, aside, hosts=allowed, expected=expected(source, vintage), limit=limit(source), known=known
        )

    if not source.keep:
        return keep(source.id, vintage, home, receive, checked=client.now())
    return keep(source.id, reduced_name(vintage), home, reducing(source, receive), checked=client.now())


def _paged(source: Source, vintage: Vintage, client: Client) -> Callable[[Path, Validators | None], Body]:
    """Receives every page of a CSV as one file: the header of the first, then the rows of all."""

    def receive(aside: Path, known: Validators | None) -> Body:
        digest, size, header = sha256(), 0, b""
        address: str | None = vintage.address
        with aside.open("wb") as file:
            for _ in range(_MOST_PAGES):
                body, address = client.read_page(str(address), expected="csv")
                first, _, rest = body.partition(b"\n")
                if header and body and first != header:
                    raise DataError(
                        "a page has another header than the first", file=vintage.address, value=first.decode()[:80],
                        remedy="run the command again: the data changed while they were read",
                    )  # fmt: skip
                written = rest if header else body
                written += b"" if written.endswith(b"\n") or not written else b"\n"
                header = header or first
                digest.update(written)
                size += len(written)
                file.write(written)
                if size > limit(source):
                    break
                if address is None:
                    return Body(vintage.address, digest.hexdigest(), size, client.now(), {})
        aside.unlink(missing_ok=True)
        raise DataError(
            "the answer has more pages than are accepted", file=vintage.address,
            remedy="ask for less by `address`, or raise `size_mb` in the source file",
        )  # fmt: skip

    return receive


def limit(source: Source) -> int:
    """The most bytes that a source may send: four times its size, and never less than 50 MB."""
    return int(max(50.0, 4 * source.size_mb) * 2**20)


def expected(source: Source, vintage: Vintage) -> str | None:
    """What the body should be: an archive where a member is named, else what the file's name or the source says."""
    if source.access.get("member") or vintage.name.lower().endswith(".zip"):
        return "zip"
    if vintage.name.lower().endswith(".gz"):
        return None
    if source.connector == "sdmx":
        return None if vintage.name.lower().endswith(".zip") else "xml"
    stated = source.format.get("type")
    return stated if stated in ("csv", "xlsx", "parquet", "json") else None


CONNECTOR = FileConnector()
