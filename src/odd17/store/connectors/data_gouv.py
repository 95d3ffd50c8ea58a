"""data.gouv.fr: the resource of a dataset, found by its title, so that a new edition is noticed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from fnmatch import fnmatchcase
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import quote, unquote, urlsplit

import polars as pl

from odd17.core.indicators.source import Source
from odd17.core.kernel import DataError, Message

from .file import download
from .http import Client
from .protocol import RawFile, Vintage, Wanted
from .tabulate import tabulate

BASE = "https://www.data.gouv.fr/api/1"
"""Where the service answers."""

HOSTS = ("www.data.gouv.fr", "static.data.gouv.fr")
"""Where it keeps files itself."""


class DataGouvConnector:
    """``access``: ``dataset`` (identifier or slug), ``resource`` (a title, ``*`` for any text) or ``resource_id``."""

    def vintages(self, source: Source, client: Client) -> tuple[Vintage, ...]:
        """The resources whose title answers, newest first."""
        dataset = str(source.access["dataset"])
        document = json.loads(client.read(f"{BASE}/datasets/{quote(dataset, safe='')}/"))
        resources = [item for item in document.get("resources") or () if isinstance(item, Mapping)]
        wanted, id = str(source.access["resource"]), source.access.get("resource_id")
        found = [item for item in resources if id is not None and item.get("id") == id]
        found = found or [item for item in resources if _answers(str(item.get("title", "")), wanted)]
        if not found:
            titles = ", ".join(repr(str(item.get("title"))) for item in resources[:10])
            raise DataError(
                "the dataset has no resource of this title", file=source.id, value=wanted,
                remedy=Message("correct `resource` in the source file. It has {titles}", titles=titles or 'none'),
            )  # fmt: skip
        newest = sorted(found, key=lambda item: str(item.get("last_modified") or ""), reverse=True)
        return tuple(_vintage(item) for item in newest)

    def fetch(self, source: Source, vintage: Vintage, client: Client, home: Path) -> RawFile:
        """The resource, wherever the dataset says that it is."""
        return download(source, vintage, client, home, hosts=HOSTS)

    def table(self, source: Source, raw: RawFile, wanted: Wanted, work: Path) -> pl.LazyFrame:
        """The table in the resource."""
        names = (raw.vintage.title, raw.vintage.name)
        member, every = source.access.get("member"), bool(source.access.get("every"))
        return tabulate(source, raw.path, wanted, work, names=names, member=member, every=every)


def _answers(title: str, pattern: str) -> bool:
    return fnmatchcase(" ".join(title.lower().split()), " ".join(pattern.lower().split()))


def _vintage(item: Mapping[str, Any]) -> Vintage:
    checksum, size = item.get("checksum"), item.get("filesize")
    stated = f"{checksum['type']}:{checksum['value']}".lower() if isinstance(checksum, Mapping) else None
    address = str(item.get("url") or item.get("latest"))
    name = PurePosixPath(unquote(urlsplit(address).path)).name
    if "." not in name and item.get("format"):
        name = f"{name or item['id']}.{str(item['format']).lower()}"
    return Vintage(
        id=str(item["id"]),
        address=address,
        name=name,
        title=str(item.get("title", "")),
        modified=None if item.get("last_modified") is None else str(item["last_modified"]),
        size=size if isinstance(size, int) else None,
        checksum=stated,
    )


CONNECTOR = DataGouvConnector()
