"""The catalogue of indicators: files of definitions, and their form inside a release."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from odd17.core.indicators.indicator import Direction, Indicator, Unit
from odd17.core.kernel import DataError, Provenance, Text, text_from_plain, text_to_plain

from .documents import check_document, read_document
from .provenance import provenance_from_json, provenance_to_json, read_provenance


def read_catalogue(path: Path) -> dict[str, Indicator]:
    """The indicators that the file at ``path`` defines, by id, in the file's order.

    The file names one ``provenance`` file, beside which it stands, for all of them. Raises DataError, with file, line
    and field, where it does not fit the schema or defines an indicator twice.
    """
    document = read_document(path, "catalogue")
    provenance = read_provenance(path.parent / document["provenance"])
    indicators: dict[str, Indicator] = {}
    for entry in document["indicators"]:
        if entry["id"] in indicators:
            raise DataError(
                "this indicator is defined twice", file=str(path), column="indicators", value=entry["id"],
                remedy="give each indicator an id of its own",
            )  # fmt: skip
        indicators[entry["id"]] = indicator_from_entry(entry, provenance)
    return indicators


def indicator_from_entry(entry: Mapping[str, Any], provenance: Provenance) -> Indicator:
    """The indicator that one entry of a catalogue (already checked against its schema) defines."""
    optional = {name: entry[name] for name in _OPTIONAL if entry.get(name) is not None}
    return Indicator(
        id=entry["id"],
        name=Text(**entry["name"]),
        definition=Text(**entry["definition"]),
        unit=Unit(entry["unit"]),
        direction=Direction(entry["direction"]),
        direction_status=entry["direction_status"],
        domain=entry["domain"],
        source=provenance,
        numerator=_part(entry.get("numerator")),
        denominator=_part(entry.get("denominator")),
        **optional,
    )


def _part(plain: str | Mapping[str, str] | None) -> Text | str | None:
    return None if plain is None else text_from_plain(plain)


def indicator_to_json(indicator: Indicator) -> dict[str, Any]:
    """``indicator`` as plain values: an entry of the catalogue with its ``source`` written out."""
    document: dict[str, Any] = {
        "id": indicator.id,
        "name": {"fr": indicator.name.fr, "en": indicator.name.en},
        "definition": {"fr": indicator.definition.fr, "en": indicator.definition.en},
        "unit": indicator.unit.value,
        "direction": indicator.direction.value,
        "direction_status": indicator.direction_status,
        "domain": indicator.domain,
    }
    for name, part in (("numerator", indicator.numerator), ("denominator", indicator.denominator)):
        if part is not None:
            document[name] = text_to_plain(part)
    document |= {name: getattr(indicator, name) for name in _OPTIONAL if getattr(indicator, name) is not None}
    return document | {"source": provenance_to_json(indicator.source)}


def indicator_from_json(document: Mapping[str, Any], *, file: str = "indicators.json") -> Indicator:
    """The indicator that :func:`indicator_to_json` wrote; raises DataError naming ``file`` where it does not fit."""
    entry = {name: value for name, value in document.items() if name != "source"}
    check_document({"provenance": "embedded", "indicators": [entry]}, "catalogue", file=file)
    check_document(document.get("source"), "provenance", file=file)
    return indicator_from_entry(entry, provenance_from_json(document["source"]))


_OPTIONAL = ("factor", "is_count", "decimals", "weight", "periodicity")
