"""INSEE's Melodi: the catalogue says which files there are; pages of observations where there is no file.

Without a key, 30 requests a minute. An unknown dataset is answered with the status 500 and one line of text.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from difflib import get_close_matches
from fnmatch import fnmatchcase
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import polars as pl

from odd17.core.indicators.source import Source
from odd17.core.kernel import DataError, Message

from .body import Body, Validators
from .file import download
from .http import Client
from .protocol import RawFile, Vintage, Wanted
from .raw import keep
from .tabulate import finish, tabulate
from .trouble import GaveUp

BASE = "https://api.insee.fr/melodi"
"""Where the service answers."""

PAGE = 10_000
"""Observations asked for at once: what every version of the service has accepted."""

_MOST_PAGES = 300
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})(?!\d)")
_GEO = re.compile(r"^(?:\d{4}-)?([A-Z]+(?:\d{4})?)-(.+)$")
_PAGES = ".pages.jsonl"


class MelodiConnector:
    """``access``: ``dataset``, ``product`` (``{year}``: the newest) or ``where`` (columns and cells to ask pages of).

    ``formerly`` are the names under which older vintages of the dataset may still stand.
    """

    def vintages(self, source: Source, client: Client) -> tuple[Vintage, ...]:
        """The products of the dataset that ``product`` names, or its pages where none does, newest first."""
        entry = self._entry(source, client)
        dataset = str(entry.get("identifier", source.access["dataset"]))
        pattern = str(source.access["product"]).replace("{year}", "*").replace("{dataset}", source.access["dataset"])
        names = [pattern, *(pattern.replace(source.access["dataset"], old) for old in _formerly(source))]
        products = [item for item in entry.get("product") or () if isinstance(item, Mapping)]
        found = [item for item in products if any(fnmatchcase(str(item.get("id")), name) for name in names)]
        if found:
            vintages = [_product(item) for item in found]
            return tuple(sorted(vintages, key=lambda item: (_year(item.id), item.modified or ""), reverse=True))
        where = source.access.get("where")
        if where is None:
            offered = ", ".join(str(item.get("id")) for item in products[:8])
            raise DataError(
                "the dataset has no such file", file=dataset, value=source.access["product"],
                remedy=Message(
                    "it has {offered}: correct `product` in the source file, or ask for pages by `where`",
                    offered=offered or Message("none"),
                ),
            )  # fmt: skip
        query = urlencode([*_pairs(where), ("maxResult", str(PAGE))])
        address = f"{BASE}/data/{dataset}?{query}"
        modified = entry.get("modified")
        stated = None if modified is None else str(modified)
        return (Vintage(dataset, address, f"{dataset}{_PAGES}", title=dataset, modified=stated),)

    def fetch(self, source: Source, vintage: Vintage, client: Client, home: Path) -> RawFile:
        """The file of the product; or every page of observations, one a line, each as it was answered."""
        if not vintage.name.endswith(_PAGES):
            return download(source, vintage, client, home)
        return keep(source.id, vintage, home, _paged(source, vintage, client), checked=client.now())

    def table(self, source: Source, raw: RawFile, wanted: Wanted, work: Path) -> pl.LazyFrame:
        """The table of data of the archive, or of the pages."""
        names = (raw.vintage.id, raw.vintage.title)
        if raw.path.name.endswith(_PAGES):
            return finish(source, observations(raw.path), wanted, work, names)
        return tabulate(source, raw.path, wanted, work, names=names, member="*_data.csv", without=("*metadata*",))

    def _entry(self, source: Source, client: Client) -> dict[str, Any]:
        """What the catalogue says of the dataset, under the first of its names that is known."""
        for name in (str(source.access["dataset"]), *_formerly(source)):
            try:
                found = json.loads(client.read(f"{BASE}/catalog/{name}"))
            except GaveUp as trouble:
                if trouble.status != 500:
                    raise
                identifiers = self._identifiers(client)
                if name in identifiers:  # it is there: the service itself is out of order
                    raise
                continue
            if isinstance(found, dict) and found.get("identifier"):
                return found
        wanted = str(source.access["dataset"])
        near = get_close_matches(wanted, self._identifiers(client), n=3, cutoff=0.5)
        hint = Message(" Near it: {near}", near=near) if near else ""
        raise DataError(
            "Melodi has no such dataset", file=source.id, value=wanted,
            remedy=Message(
                "datasets are renamed between vintages: correct `dataset` in the source file.{hint}",
                hint=hint,
            ),
        )  # fmt: skip

    def _identifiers(self, client: Client) -> list[str]:
        found = json.loads(client.read(f"{BASE}/catalog/all"))
        return [str(item.get("identifier")) for item in found if isinstance(item, dict)]


def observations(path: Path) -> pl.LazyFrame:
    """The observations of pages of answers, one page a line, as text cells.

    Columns are the dimensions, ``GEO`` without its vintage and level, ``GEO_OBJECT`` (the level), ``OBS_VALUE`` and the
    attributes. A cell without value is a secret, not a zero: ``CONF_STATUS`` says C where the answer says nothing.
    """
    rows = [_row(item) for page in _pages(path) for item in page.get("observations") or ()]
    columns: dict[str, None] = {}
    for row in rows:
        columns.update(dict.fromkeys(row))
    if not rows:
        raise DataError("the answers have no observation", file=path.name, remedy="correct `where` in the source file")
    return pl.LazyFrame({name: pl.Series([row.get(name) for row in rows], dtype=pl.String) for name in columns})


def _pages(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as file:
        for line in file:
            yield json.loads(line, parse_float=str, parse_int=str)


def _row(item: Mapping[str, Any]) -> dict[str, str | None]:
    row: dict[str, str | None] = {name: str(cell) for name, cell in item["dimensions"].items()}
    attributes = item.get("attributes") or {}
    row |= {name: str(cell) for name, cell in attributes.items()}
    code = _GEO.match(str(row.get("GEO", "")))
    if code is not None:
        row |= {"GEO": code[2], "GEO_OBJECT": code[1]}
    measures = list(item["measures"].values())
    if len(measures) != 1:
        raise DataError("an observation has several measures", value=", ".join(item["measures"]))
    value = measures[0].get("value")
    row["OBS_VALUE"] = None if value is None else str(value)
    if value is None and "CONF_STATUS" not in attributes and "OBS_STATUS" not in attributes:
        row["CONF_STATUS"] = "C"
    return row


def _paged(source: Source, vintage: Vintage, client: Client) -> Callable[[Path, Validators | None], Body]:
    def receive(aside: Path, known: Validators | None) -> Body:
        digest, size = sha256(), 0
        with aside.open("wb") as file:
            for page in range(1, _MOST_PAGES + 1):
                body = client.read(f"{vintage.address}&page={page}")
                document = json.loads(body)
                line = b"".join(body.split(b"\n")) + b"\n"
                digest.update(line)
                size += len(line)
                file.write(line)
                if _is_last(document):
                    return Body(vintage.address, digest.hexdigest(), size, client.now(), {})
        aside.unlink(missing_ok=True)
        raise DataError(
            Message("the answer has more than {most_pages} pages", most_pages=_MOST_PAGES), file=vintage.address,
            remedy="ask for less by `where`, or for a `product` in the source file",
        )  # fmt: skip

    return receive


def _is_last(document: Mapping[str, Any]) -> bool:
    paging = document.get("paging") or {}
    if paging.get("isLast") is not None:
        return bool(paging["isLast"])
    return not paging.get("next")


def _product(item: Mapping[str, Any]) -> Vintage:
    packed = item.get("packageFormat") == "application/zip" or str(item.get("format")).upper() == "CSV"
    suffix = ".zip" if packed else f".{str(item.get('format', 'bin')).lower()}"
    size = item.get("byteSize")
    return Vintage(
        id=str(item["id"]),
        address=str(item["accessURL"]),
        name=f"{item['id']}{suffix}",
        title=str(item["id"]),
        modified=None if item.get("modified") is None else str(item["modified"]),
        size=size if isinstance(size, int) else None,
    )


def _year(text: str) -> str:
    return max(_YEAR.findall(text), default="")


def _formerly(source: Source) -> tuple[str, ...]:
    return tuple(source.access.get("formerly", ()))


def _pairs(where: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Each cell by its own parameter: Melodi takes several values as a parameter that is repeated."""
    pairs: list[tuple[str, str]] = []
    for name, cells in where.items():
        pairs += [(name, str(cell)) for cell in (cells if isinstance(cells, list | tuple) else [cells])]
    return pairs


CONNECTOR = MelodiConnector()
