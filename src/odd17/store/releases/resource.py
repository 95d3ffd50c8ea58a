"""Files as a Frictionless data package describes them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import polars as pl

from odd17.store.checksum import sha256_of

_FORMATS = {
    ".parquet": ("parquet", "application/vnd.apache.parquet"),
    ".json": ("json", "application/json"),
    ".svg": ("svg", "image/svg+xml"),
    ".csv.gz": ("csv", "text/csv"),
}


def describe_file(name: str, path: Path) -> dict[str, Any]:
    """The resource of one file: name, path, format, media type, size and fingerprint."""
    suffix = "".join(path.suffixes[-2:]) if path.suffix == ".gz" else path.suffix
    format, media_type = _FORMATS[suffix]
    resource: dict[str, Any] = {"name": name.lower(), "path": name, "format": format, "mediatype": media_type}
    if suffix == ".csv.gz":
        resource |= {"compression": "gzip", "encoding": "utf-8"}
    return resource | {"bytes": path.stat().st_size, "hash": f"sha256:{sha256_of(path)}"}


def describe_fields(schema: pl.Schema) -> dict[str, Any]:
    """The Table Schema of a Polars schema: fields with the name and type of each column.

    >>> describe_fields(pl.Schema({"territory": pl.String, "value": pl.Float64}))["fields"][1]
    {'name': 'value', 'type': 'number'}
    """
    return {"fields": [{"name": name, "type": _type(dtype)} for name, dtype in schema.items()]}


def _type(dtype: pl.DataType) -> str:
    if dtype.is_integer():
        return "integer"
    if dtype.is_float():
        return "number"
    if dtype == pl.Boolean:
        return "boolean"
    return "array" if isinstance(dtype, pl.List) else "string"
