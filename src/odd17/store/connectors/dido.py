"""DiDo, the data of the ecology ministry's statistics: the newest edition of a file, with the columns asked for."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import quote, urlencode

import polars as pl

from odd17.core.indicators.source import Source
from odd17.core.kernel import DataError

from .file import download
from .http import Client
from .protocol import RawFile, Vintage, Wanted
from .tabulate import tabulate

BASE = "https://data.statistiques.developpement-durable.gouv.fr/dido/api/v1"
"""Where the service answers."""


class DidoConnector:
    """``access``: ``datafile`` (its identifier), and ``columns`` to ask for."""

    def vintages(self, source: Source, client: Client) -> tuple[Vintage, ...]:
        """The editions of the file, newest first."""
        base = f"{BASE}/datafiles/{quote(str(source.access['datafile']), safe='')}"
        document = json.loads(client.read(base))
        editions = [item for item in document.get("millesimes") or () if isinstance(item, Mapping)]
        found = sorted((str(item["millesime"]) for item in editions if item.get("millesime")), reverse=True)
        if not found:
            raise DataError(
                "the service names no edition of this file", file=source.id, value=source.access["datafile"],
                remedy="see the source's page, and correct `datafile` in the source file",
            )  # fmt: skip
        dates = {str(item["millesime"]): item.get("date_diffusion") for item in editions if item.get("millesime")}
        title = str(document.get("title", ""))
        return tuple(_vintage(source, base, edition, title, dates[edition]) for edition in found)

    def fetch(self, source: Source, vintage: Vintage, client: Client, home: Path) -> RawFile:
        """The edition as CSV."""
        return download(source, vintage, client, home)

    def table(self, source: Source, raw: RawFile, wanted: Wanted, work: Path) -> pl.LazyFrame:
        """The table in the file."""
        return tabulate(source, raw.path, wanted, work, names=(raw.vintage.id, raw.vintage.title))


def _vintage(source: Source, base: str, edition: str, title: str, published: object) -> Vintage:
    query = {
        "millesime": edition,
        "withColumnName": "true",
        "withColumnDescription": "false",
        "withColumnUnit": "false",
    }
    if source.access.get("columns"):
        query["columns"] = ",".join(source.access["columns"])
    return Vintage(
        id=edition,
        address=f"{base}/csv?{urlencode(query)}",
        name=f"{source.access['datafile']}-{edition}.csv",
        title=f"{title} {edition}".strip(),
        modified=edition if published is None else f"{edition} {published}",
    )


CONNECTOR = DidoConnector()
