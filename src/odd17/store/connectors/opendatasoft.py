"""Portals of Opendatasoft: a dataset exported whole as CSV, or a file attached to it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import polars as pl

from odd17.core.indicators.source import Source
from odd17.core.kernel import DataError, Message

from .file import download
from .http import Client
from .protocol import RawFile, Vintage, Wanted
from .tabulate import tabulate


class OpendatasoftConnector:
    """``access``: ``portal``, ``dataset``; then ``select``, ``where``, ``group_by``, or an ``attachment``'s title."""

    def vintages(self, source: Source, client: Client) -> tuple[Vintage, ...]:
        """The dataset as it is now; or the attachments whose title answers, the last in order first."""
        base = _base(source)
        wanted = source.access.get("attachment")
        if wanted is not None:
            return self._attachments(base, str(wanted), source, client)
        document = json.loads(client.read(base))
        metas = document.get("metas") or {}
        default = metas.get("default") if isinstance(metas, Mapping) else {}
        modified = (default or {}).get("data_processed") or (default or {}).get("modified")
        options = {name: source.access[name] for name in ("select", "where", "group_by") if source.access.get(name)}
        address = f"{base}/exports/csv?{urlencode({'delimiter': ';', 'use_labels': 'false'} | options)}"
        dataset = str(source.access["dataset"])
        stated = None if modified is None else str(modified)
        counted = (default or {}).get("records_count")
        return (
            Vintage(
                dataset,
                address,
                f"{dataset}.csv",
                title=str((default or {}).get("title", "")),
                modified=stated,
                # of the dataset, not of a part of it
                rows=counted if isinstance(counted, int) and not options.keys() & {"where", "group_by"} else None,
            ),
        )

    def fetch(self, source: Source, vintage: Vintage, client: Client, home: Path) -> RawFile:
        """The export, or the attached file."""
        return download(source, vintage, client, home)

    def table(self, source: Source, raw: RawFile, wanted: Wanted, work: Path) -> pl.LazyFrame:
        """The table in the file."""
        return tabulate(source, raw.path, wanted, work, names=(raw.vintage.title, raw.vintage.name))

    def _attachments(self, base: str, wanted: str, source: Source, client: Client) -> tuple[Vintage, ...]:
        document = json.loads(client.read(f"{base}/attachments"))
        items = [item for item in document.get("attachments") or () if isinstance(item, Mapping)]
        found = [item for item in items if fnmatchcase(_title(item).lower(), wanted.lower())]
        if not found:
            titles = ", ".join(repr(_title(item)) for item in items[:10])
            raise DataError(
                "the dataset has no file of this title attached", file=source.id, value=wanted,
                remedy=Message("correct `attachment` in the source file. It has {titles}", titles=titles or 'none'),
            )  # fmt: skip
        return tuple(_attachment(item, base) for item in sorted(found, key=_title, reverse=True))


def _base(source: Source) -> str:
    dataset = quote(str(source.access["dataset"]), safe="")
    return f"{source.access['portal']}/api/explore/v2.1/catalog/datasets/{dataset}"


def _meta(item: Mapping[str, Any]) -> Mapping[str, Any]:
    metas = item.get("metas")
    return metas if isinstance(metas, Mapping) else item


def _title(item: Mapping[str, Any]) -> str:
    return str(_meta(item).get("title") or _meta(item).get("id") or "")


def _attachment(item: Mapping[str, Any], base: str) -> Vintage:
    meta = _meta(item)
    id = str(meta.get("id") or item.get("id"))
    address = str(item.get("href") or meta.get("url") or f"{base}/attachments/{quote(id, safe='')}")
    name, kind = id, str(meta.get("mime-type") or meta.get("mimetype") or "")
    if "." not in name:
        name += ".xlsx" if "sheet" in kind or id.endswith("xlsx") else ""
    return Vintage(id=id, address=address, name=name, title=_title(item))


CONNECTOR = OpendatasoftConnector()
