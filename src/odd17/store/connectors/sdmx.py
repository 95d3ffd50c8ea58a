"""Services that speak SDMX (Eurostat, INSEE's BDM): where they are is known to ``sdmx1``, which reads what they answer.

They are asked by the same client as the others. An XML that declares entities is refused before it is read: such a
declaration can make a parser open files or addresses, and no SDMX message has one.
"""

from __future__ import annotations

import io
import math
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote

import polars as pl
import sdmx as sdmx1

from odd17.core.indicators.source import Source
from odd17.core.kernel import DataError, Message
from odd17.store.reading import read_bytes

from .archive import is_zip, take_members
from .file import download
from .http import Client
from .protocol import RawFile, Vintage, Wanted
from .tabulate import finish

_DECLARATION = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.I)
_ENCODING = re.compile(rb"^\s*<\?xml[^>]*\bencoding\s*=\s*[\"']([^\"']+)[\"']")
_ENCODINGS = (b"utf-8", b"us-ascii", b"iso-8859-1")
"""In any other encoding a declaration could not be seen."""


class SdmxConnector:
    """``access``: ``provider`` (as ``sdmx1`` calls it: ESTAT, INSEE), ``resource``, ``key`` of the series, ``start``.

    Without ``key``, all the series of the resource; ``start`` is the first period that is asked for.
    """

    def vintages(self, source: Source, client: Client) -> tuple[Vintage, ...]:
        """The data as they are now: whether they changed, only asking for them tells."""
        provider = str(source.access["provider"])
        try:
            base = sdmx1.get_source(provider).url
        except KeyError as error:
            raise DataError(
                "no such provider of SDMX", file=source.id, column="provider", value=provider,
                remedy=Message("write one of {providers}", providers=', '.join(sorted(sdmx1.list_sources()))),
            ) from error  # fmt: skip
        resource, key = str(source.access["resource"]), str(source.access.get("key", ""))
        address = f"{base}/data/{quote(resource, safe='')}" + (f"/{quote(key, safe='.+')}" if key else "")
        if start := source.access.get("start"):
            address += f"?startPeriod={quote(str(start), safe='')}"
        return (Vintage(resource, address, f"{resource}.xml", title=f"{resource} {key}".strip()),)

    def fetch(self, source: Source, vintage: Vintage, client: Client, home: Path) -> RawFile:
        """The message as it is answered."""
        return download(source, vintage, client, home)

    def table(self, source: Source, raw: RawFile, wanted: Wanted, work: Path) -> pl.LazyFrame:
        """One row an observation; columns are dimensions, attributes and ``OBS_VALUE``."""
        path = take_members(raw.path, "*.xml", (), work)[0] if is_zip(raw.path) else raw.path
        return finish(source, message_table(read_bytes(path), path.name), wanted, work, (raw.vintage.title,))


def message_table(data: bytes, name: str) -> pl.LazyFrame:
    """The observations of the SDMX-ML message ``data`` as text cells, one row each.

    A value that is not a number is left empty, with the status O where the message gives none. Raises DataError where
    the message declares entities, is not SDMX-ML, or holds a refusal in the place of data.
    """
    _refuse_declarations(data, name)
    try:
        message: Any = sdmx1.read_sdmx(io.BytesIO(data))
    except Exception as error:  # the reader lets those of its parser and its own through, without a common class
        raise DataError(
            Message("not an SDMX message that can be read ({error})", error=type(error).__name__), file=name,
            remedy="see what the service answers now",
        ) from error  # fmt: skip
    rows = [_row(observation) for dataset in getattr(message, "data", ()) for observation in dataset.obs]
    if not rows:
        footer = getattr(message, "footer", None)
        said = "; ".join(str(text) for text in footer.text) if footer is not None else None
        raise DataError(
            "the service answers without data", file=name, value=said,
            remedy="correct `resource` and `key` in the source file, or ask for less by `key`",
        )  # fmt: skip
    columns: dict[str, None] = {}
    for row in rows:
        columns.update(dict.fromkeys(row))
    return pl.LazyFrame({column: pl.Series([row.get(column) for row in rows], dtype=pl.String) for column in columns})


def _row(observation: Any) -> dict[str, str | None]:
    row: dict[str, str | None] = {name: str(item.value) for name, item in _items(observation.key.values)}
    row |= {name: str(item.value) for name, item in _items(observation.attrib) if name not in row}
    value = observation.value
    try:
        absent = value is None or not math.isfinite(float(value))
    except ValueError:
        absent = True
    row["OBS_VALUE"] = None if absent else str(value)
    if absent:
        row.setdefault("OBS_STATUS", "O")
    return row


def _items(values: Mapping[str, Any]) -> Iterable[tuple[str, Any]]:
    return values.items()


def _refuse_declarations(data: bytes, name: str) -> None:
    encoding = _ENCODING.match(data.removeprefix(b"\xef\xbb\xbf"))
    hidden = b"\x00" in data or (encoding is not None and encoding[1].lower() not in _ENCODINGS)
    if hidden or _DECLARATION.search(data):
        raise DataError(
            "the XML declares entities, or hides whether it does", file=name,
            remedy="make sure of where the file comes from; it was not read",
        )  # fmt: skip


CONNECTOR = SdmxConnector()
