"""Provenance files (``.meta.yml``): who made a file, how to cite it, under which licence, with which fingerprint."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from odd17.core.kernel import Provenance, Text, text_from_plain, text_to_plain

from .documents import read_document


def read_provenance(path: Path) -> Provenance:
    """The provenance that the ``.meta.yml`` at ``path`` states; raises DataError where it does not fit the schema."""
    return provenance_from_json(read_document(path, "provenance"))


def provenance_to_json(provenance: Provenance) -> dict[str, Any]:
    """``provenance`` as plain values, dates in ISO, texts in two languages as ``fr`` and ``en``; no empty fields."""
    fields = {name: getattr(provenance, name) for name in Provenance.__dataclass_fields__}
    return {name: _plain(value) for name, value in fields.items() if value is not None}


def provenance_from_json(document: Mapping[str, Any]) -> Provenance:
    """The provenance that plain values describe; keys which a provenance does not have are ignored."""
    values = {name: document[name] for name in Provenance.__dataclass_fields__ if name in document}
    for name in ("published", "retrieved"):
        if values.get(name) is not None:
            values[name] = date.fromisoformat(str(values[name]))
    for name in ("title", "licence", "note"):
        if values.get(name) is not None:
            values[name] = text_from_plain(values[name])
    return Provenance(**values)


def _plain(value: Text | date | str) -> str | dict[str, str]:
    return value.isoformat() if isinstance(value, date) else text_to_plain(value)
