"""The descriptions of sources: one file each, checked, and told from one another by their names."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from odd17.core.indicators.source import Arrondissements, Evidence, Geography, Source, Verification
from odd17.core.kernel import DataError, Message, ObsStatus, Text, text_from_plain
from odd17.core.territories.levels import Level

from . import places
from .documents import read_document
from .series_breaks import series_break


def read_sources(folder: Path | None = None) -> dict[str, Source]:
    """The sources that the files of ``folder`` describe, by id (the shipped ones where None).

    Raises DataError, with file, line and field, where a file does not fit the schema or its name is not its id.
    """
    where = places.shipped() / "sources" if folder is None else folder
    sources = [read_source(path) for path in sorted(where.glob("*.yml"))]
    return {source.id: source for source in sources}


def read_source(path: Path) -> Source:
    """The source that the YAML file at ``path`` describes; raises DataError otherwise."""
    document = read_document(path, "source")
    if path.stem != document["id"]:
        raise DataError(
            "the file is not called after its source", file=str(path), column="id", value=document["id"],
            remedy=Message("call it {id}.yml", id=document['id']),
        )  # fmt: skip
    return _source(document, path)


def _source(document: Mapping[str, Any], path: Path) -> Source:
    period, status = document["period"], document.get("status", {})
    try:
        return Source(
            id=document["id"],
            title=Text(**document["title"]),
            producer=document["producer"],
            citation=document["citation"],
            licence=text_from_plain(document["licence"]),
            page=document["page"],
            periodicity=document["periodicity"],
            size_mb=float(document["size_mb"]),
            starter=document["starter"],
            connector=document["connector"],
            access=document["access"],
            format=document.get("format", {}),
            geography=_geography(document["geography"]),
            verification=Verification(
                address=Evidence(document["verification"]["address"]),
                format=Evidence(document["verification"]["format"]),
                note=document["verification"]["note"],
            ),
            period=period.get("constant"),
            period_column=period.get("column"),
            period_pattern=period.get("in_name"),
            value_column=document.get("value", {}).get("column"),
            obs_status=status.get("obs"),
            conf_status=status.get("conf"),
            marks={mark: ObsStatus(code) for mark, code in document.get("marks", {}).items()},
            absent_is_zero=document.get("absent_is_zero", False),
            empty_is_zero=document.get("empty_is_zero", False),
            known_breaks=tuple(series_break(item) for item in document.get("known_breaks", [])),
            keep=tuple(document.get("personal_data", {}).get("keep", ())),
        )
    except ValueError as error:
        raise DataError(error.args[0], file=str(path), remedy="correct the description of the source") from error


def _geography(document: Mapping[str, Any]) -> Geography:
    level = document["level"]
    told = level if isinstance(level, Mapping) else {}
    if bool("column" in told or "in_code" in told) != ("levels" in document):
        raise ValueError(Message("`levels` goes with a column of levels, or with levels in codes"))
    if ("named" in told) != ("codes" in document):
        raise ValueError(Message("`codes` goes with `level: {{named: true}}`"))
    return Geography(
        code=document["code"],
        level=None if told else Level(level),
        level_column=told.get("column"),
        level_in_code="in_code" in told,
        levels={cell: Level(value) for cell, value in document.get("levels", {}).items()},
        codes=dict(document.get("codes", {})),
        arrondissements=Arrondissements(document["arrondissements"]),
        vintage=None if document["vintage"] == "unknown" else document["vintage"],
        outside={code: ObsStatus(status) for code, status in document.get("outside", {}).items()},
    )
