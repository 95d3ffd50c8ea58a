"""geo.api.gouv.fr: every commune with its EPCI, département and region, in one answer."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlencode

import polars as pl

from odd17.core.indicators.source import Source
from odd17.store.reading import read_bytes

from .file import download
from .http import Client
from .protocol import RawFile, Vintage, Wanted
from .tabulate import finish, json_of, records

BASE = "https://geo.api.gouv.fr"
"""Where the service answers."""

FIELDS = ("code", "nom", "codeEpci", "codeDepartement", "codeRegion", "population")
"""What is asked of each commune."""


class GeoApiConnector:
    """``access`` has nothing: the communes of metropolitan France and the overseas départements are asked for."""

    def vintages(self, source: Source, client: Client) -> tuple[Vintage, ...]:
        """The answer of the moment."""
        query = urlencode(
            [("fields", ",".join(FIELDS)), ("type", "commune-actuelle"), ("zone", "metro"), ("zone", "drom")]
        )
        return (Vintage("communes", f"{BASE}/communes?{query}", "communes.json", title="communes"),)

    def fetch(self, source: Source, vintage: Vintage, client: Client, home: Path) -> RawFile:
        """The answer as given."""
        return download(source, vintage, client, home)

    def table(self, source: Source, raw: RawFile, wanted: Wanted, work: Path) -> pl.LazyFrame:
        """One row a commune."""
        rows = records(json_of(read_bytes(raw.path), raw.path.name), raw.path.name)
        return finish(source, rows, wanted, work, (raw.retrieved.strftime("%Y"),))


CONNECTOR = GeoApiConnector()
