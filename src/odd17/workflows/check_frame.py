"""Check the file of a frame against its schema and the indicators that are known, and say all that is wrong at once."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from odd17.core.indicators.frame_definition import FrameDefinition
from odd17.core.indicators.indicator import Direction, Indicator
from odd17.core.indicators.recipe import CatalogueEntry
from odd17.core.kernel import DataError, Message, dimensions, domains
from odd17.core.territories.levels import Level
from odd17.store import places
from odd17.store.catalogue import read_catalogue
from odd17.store.current_catalogue import read_current_catalogue
from odd17.store.documents import packaged_schema, read_document
from odd17.store.frames import read_frame
from odd17.store.inputs import imported_inputs

SHOWN_LEVELS = (Level.REGION, Level.DEPARTEMENT, Level.EPCI, Level.COMMUNE)
"""The levels at which territories are compared."""


@dataclass(frozen=True, slots=True)
class FrameCheck:
    """What a check found: ``frame`` is None where ``problems`` forbid to use it; ``remarks`` do not."""

    frame: FrameDefinition | None
    problems: tuple[Message, ...]
    remarks: tuple[Message, ...]


def check_frame(path: Path, home: Path | None = None) -> FrameCheck:
    """Check the frame in the file at ``path`` against the schema, the catalogue and what was imported under ``home``.

    Raises DataError, with file, line and field, where the file is not YAML or does not fit the schema; everything that
    is wrong beyond is in the answer, with the names that are near.
    """
    document = read_document(path, "frame")
    known = known_indicators(home)
    problems = [*_unknown_nodes(document), *_unknown_indicators(document, known)]
    if problems:
        return FrameCheck(None, tuple(problems), ())
    try:
        frame = read_frame(path)
    except DataError as error:
        return FrameCheck(None, (error.message,), ())
    return FrameCheck(frame, (), tuple(_remarks(frame, known)))


def known_indicators(home: Path | None = None) -> dict[str, Indicator]:
    """Every indicator of a domain that a frame may name: of the catalogues, and of imported datasets."""
    found = dict(read_catalogue(places.shipped() / "catalogue" / "report-2019.yml"))
    found |= {id: entry.indicator for id, entry in read_current_catalogue().items()}
    for item in imported_inputs(home):
        found |= {id: indicator for id, indicator in item.indicators.items() if id not in found}
    return {id: indicator for id, indicator in found.items() if indicator.domain is not None}


def indicators_by_level(frame: FrameDefinition) -> dict[str, dict[Level, list[str]]]:
    """For each domain of ``frame`` and level, the indicators of the current catalogue that it names."""
    entries = read_current_catalogue()
    return {
        domain.id: {level: _at(level, domain.id, frame, entries) for level in SHOWN_LEVELS} for domain in frame.domains
    }


def frame_schema(home: Path | None = None) -> dict[str, Any]:
    """The JSON Schema of a frame, with the names that an editor may propose for domains and indicators."""
    schema = packaged_schema("frame")
    ids = {
        "domains": [item.id for item in domains()],
        "dimensions": [item.id for item in dimensions()],
    }
    for part, names in ids.items():
        schema["properties"][part]["items"]["properties"]["id"] = {"enum": names}
    schema["properties"]["domains"]["items"]["properties"]["dimension"] = {"enum": ids["dimensions"]}
    schema["$defs"]["indicator"]["properties"]["id"] = {"enum": sorted(known_indicators(home))}
    schema["$defs"]["indicator"]["properties"]["domain"] = {"enum": ids["domains"]}
    return schema


def _unknown_nodes(document: Mapping[str, Any]) -> list[Message]:
    own = {node["id"] for node in document["dimensions"]}
    problems = _strangers("dimension", own, [item.id for item in dimensions()])
    problems += _strangers("domain", {node["id"] for node in document["domains"]}, [item.id for item in domains()])
    for node in document["domains"]:
        if node["dimension"] not in own:
            problems.append(
                Message(
                    "the domain {domain!r} names a dimension that the frame lacks: {dimension!r}",
                    domain=node["id"],
                    dimension=node["dimension"],
                )
            )
    return problems


def _unknown_indicators(document: Mapping[str, Any], known: Mapping[str, Indicator]) -> list[Message]:
    named = document.get("indicators", [])
    problems = _strangers("indicator", {node["id"] for node in named}, list(known))
    for node in named:
        indicator = known.get(node["id"])
        if indicator is None:
            continue
        if indicator.domain != node["domain"]:
            problems.append(
                Message(
                    "the indicator {indicator!r} is of the domain {domain!r}, not {stated!r}",
                    indicator=node["id"],
                    domain=indicator.domain,
                    stated=node["domain"],
                )
            )
        if indicator.direction is Direction.UNKNOWN:
            problems.append(
                Message("the indicator {indicator!r} cannot be scored: its direction is unknown", indicator=node["id"])
            )
    return problems


def _strangers(kind: str, names: Collection[str], known: Collection[str]) -> list[Message]:
    problems = []
    for name in sorted(set(names) - set(known)):
        near = difflib.get_close_matches(name, known, n=3)
        hint = Message("; did you mean {near}?", near=near) if near else ""
        problems.append(Message("no {kind} is called {name!r}{hint}", kind=kind, name=name, hint=hint))
    return problems


def _remarks(frame: FrameDefinition, known: Mapping[str, Indicator]) -> list[Message]:
    remarks = []
    for domain in frame.domains:
        entering = [item for item in known.values() if item.domain == domain.id and frame.weight_of(item) is not None]
        if not entering:
            remarks.append(Message("the domain {domain!r} has no indicator: it will have no score", domain=domain.id))
    for node in frame.dimensions:
        if all(domain.parent != node.id for domain in frame.domains):
            remarks.append(
                Message("the dimension {dimension!r} has no domain: it will have no score", dimension=node.id)
            )
    return remarks


def _at(level: Level, domain: str, frame: FrameDefinition, entries: Mapping[str, CatalogueEntry]) -> list[str]:
    return [
        id
        for id, entry in entries.items()
        if entry.indicator.domain == domain and level in entry.levels and frame.weight_of(entry.indicator) is not None
    ]
