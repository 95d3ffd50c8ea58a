"""Dataset files (``DATASET.yml``): read, checked with near names for wrong keys, and turned into a ``Dataset``."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import yaml

from odd17.core.indicators.intake import Dataset, FileForm, LongLayout, Measure, Section, TerritoryColumn
from odd17.core.indicators.intake.codes import is_identifier
from odd17.core.indicators.intake.periods import is_period
from odd17.core.kernel import ConfStatus, DataError, Message, ObsStatus, why
from odd17.core.territories.levels import Level

from .catalogue import indicator_from_entry
from .documents import check_document
from .provenance import provenance_from_json
from .strict_yaml import line_of, read_strict_yaml
from .unknown_keys import explained, refuse_unknown_keys

MAX_BYTES = 2**20
"""The largest dataset file that is read."""


@dataclass(frozen=True, slots=True)
class DatasetFile:
    """A dataset file as written (``content``), and what it declares; ``schema`` is its Table Schema as written."""

    name: str
    content: bytes
    dataset: Dataset
    schema: bytes | None = None


def read_dataset_file(path: Path) -> DatasetFile:
    """The dataset file at ``path`` and the Table Schema that it names, if any.

    Raises DataError that names the file, the line and the key, with the near name of a key that does not exist.
    """
    content = _bytes(path)
    dataset = parse_dataset(content, path.name)
    schema = None if dataset.schema is None else _bytes(path.parent / dataset.schema)
    return DatasetFile(path.name, content, dataset, schema)


def parse_dataset(content: bytes, name: str) -> Dataset:
    """The dataset that ``content`` (YAML) declares; ``name`` is how errors call the file."""
    document, node = read_strict_yaml(content, name)
    refuse_unknown_keys(document, "dataset", file=name, node=node)
    level = _wrong_level(document)
    if level is not None:
        raise DataError(
            "odd17 has no such level", file=name, row=line_of(node, ("territories", "level")),
            column="territories/level", value=level,
            remedy=Message(
                "the levels are {levels}",
                levels=[Message("{code} ({label})", code=item.value, label=item.label) for item in Level],
            ),
        )  # fmt: skip
    if ("columns" in document) == ("long" in document):
        raise DataError(
            "the file must have `columns` (a wide file) or `long` (one row a figure), and not both", file=name,
            remedy="add one: `columns: {name of a column: id of an indicator}`",
        )  # fmt: skip
    try:
        check_document(document, "dataset", file=name, node=node)
    except DataError as error:
        raise explained(error, document, "dataset") from error
    if not document["source"].keys() & {"published", "retrieved"}:
        raise DataError(
            "the source has no date", file=name, row=line_of(node, ("source",)), column="source",
            remedy="write `published: 2024-09-27`, or `retrieved:` with the day on which you fetched the file",
        )  # fmt: skip
    return _dataset(document, name, node)


def _dataset(document: dict[str, Any], name: str, node: yaml.Node) -> Dataset:
    source = provenance_from_json({**document["source"], "id": document["id"], "title": document["title"]})
    indicators = {}
    for key, entry in document.get("indicators", {}).items():
        full = {"direction_status": "ours", "domain": None, **entry, "id": key}
        try:
            check_document({"provenance": "here", "indicators": [full]}, "catalogue", file=name)
        except DataError as error:
            field = (error.column or "").removeprefix("indicators/0").strip("/")
            raise DataError(
                error.message, file=name, row=line_of(node, ("indicators", key, *field.split("/"))),
                column="/".join(part for part in ("indicators", key, field) if part), remedy=error.remedy,
            ) from error  # fmt: skip
        indicators[key] = indicator_from_entry(full, source)
    general = document.get("period")
    missing = {
        mark: (ObsStatus(status), ConfStatus.FREE)
        if isinstance(status, str)
        else (ObsStatus(status[0]), ConfStatus(status[1]))
        for mark, status in document.get("missing", {}).items()
    }
    long = document.get("long")
    measures = tuple(
        _measure(column, {"indicator": entry} if isinstance(entry, str) else entry, general, name, node)
        for column, entry in document.get("columns", {}).items()
    )
    stated: set[tuple[str, str]] = set()
    for measure in measures:
        key = (measure.indicator, measure.period or f"column {measure.period_column}")
        if key in stated:
            raise DataError(
                Message(
                    "two columns give the indicator {indicator} for the period {period}",
                    indicator=measure.indicator, period=key[1],
                ),
                file=name,
                row=line_of(node, ("columns", measure.value)), column=f"columns/{measure.value}",
                remedy="give each column its `period`, or an indicator of its own",
            )  # fmt: skip
        stated.add(key)
    return Dataset(
        id=document["id"],
        source=source,
        territories=_territories(document["territories"], name, node),
        measures=measures,
        long=None if long is None else _long(long, general, name, node),
        form=FileForm(**{**document.get("file", {}), "ignored": tuple(document.get("file", {}).get("ignored", ()))}),
        missing=missing,
        status=ObsStatus(document.get("status", "A")),
        indicators=indicators,
        schema=document.get("schema"),
    )


def _territories(entry: Mapping[str, Any], name: str, node: yaml.Node) -> TerritoryColumn:
    for code, target in entry.get("codes", {}).items():
        if target is not None and not is_identifier(target):
            raise DataError(
                "not an identifier of a territory", file=name, row=line_of(node, ("territories", "codes", code)),
                column=f"territories/codes/{code}", value=target,
                remedy="write FR, REG-53, DEP-2A, or ~ to leave it out",
            )  # fmt: skip
    level = entry.get("level")
    of_column = level if isinstance(level, dict) else {}
    if level is not None and "sections" in entry:
        raise DataError("`level` and `sections` both tell the level", file=name, remedy="keep one of them")
    return TerritoryColumn(
        column=entry["column"],
        level=Level(level) if isinstance(level, str) else None,
        level_column=of_column.get("column"),
        levels={cell: Level(value) for cell, value in of_column.get("values", {}).items()},
        sections=tuple(Section(item["title"], Level(item["level"])) for item in entry.get("sections", ())),
        codes=entry.get("codes", {}),
        vintage=None if entry["vintage"] == "unknown" else entry["vintage"],
        pad=entry.get("pad", False),
    )


def _measure(column: str, entry: Mapping[str, Any], general: Any, name: str, node: yaml.Node) -> Measure:
    stated = entry.get("period", general)
    if stated is None:
        raise DataError(
            "no period is stated for this column", file=name, row=line_of(node, ("columns", column)),
            column=f"columns/{column}", remedy="write `period: 2019` or `period: {column: name}`, here or for the file",
        )  # fmt: skip
    period = None if isinstance(stated, dict) else str(stated)
    if period is not None and not is_period(period):
        path = ("columns", column, "period") if "period" in entry else ("period",)
        raise DataError(
            "not a period", file=name, row=line_of(node, path), column="/".join(path), value=period,
            remedy="write 2019, 2019-Q1, 2019-S1, 2019-03 or 2014/2019, or {column: name}",
        )  # fmt: skip
    return Measure(
        value=column,
        indicator=entry["indicator"],
        period=period,
        period_column=stated["column"] if isinstance(stated, dict) else None,
        numerator=entry.get("numerator"),
        denominator=entry.get("denominator"),
        scale=float(entry.get("scale", 1)),
        bounded=entry.get("bounded", True),
    )


def _long(entry: Mapping[str, Any], general: Any, name: str, node: yaml.Node) -> LongLayout:
    shared = {key: entry[key] for key in ("numerator", "denominator", "scale", "bounded") if key in entry}
    return LongLayout(
        indicator=entry["indicator"],
        measure=_measure(entry["value"], {"indicator": "", **shared}, general, name, node),
        names=entry.get("names", {}),
        others_left_out=entry.get("others") == "left_out",
        obs_status=entry.get("obs_status"),
        conf_status=entry.get("conf_status"),
    )


def _wrong_level(document: Mapping[str, Any]) -> str | None:
    """A level that odd17 does not have, where one is stated: said apart, for it is the commonest refusal."""
    territories = document.get("territories")
    level = territories.get("level") if isinstance(territories, dict) else None
    return level if isinstance(level, str) and level not in {item.value for item in Level} else None


def _bytes(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            content = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise DataError(
            Message("the file cannot be read ({why})", why=why(error)),
            file=path.name,
            remedy="check its name and place",
        ) from error
    if len(content) > MAX_BYTES:
        raise DataError(
            "larger than a dataset file can be", file=path.name, remedy="give the dataset file, not the data"
        )
    return content


@cache
def dataset_schema() -> dict[str, Any]:
    """The JSON Schema of dataset files."""
    text = files("odd17.store.schemas").joinpath("dataset.schema.json").read_text(encoding="utf-8")
    schema: dict[str, Any] = json.loads(text)
    return schema
