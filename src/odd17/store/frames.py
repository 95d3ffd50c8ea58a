"""Frames of domains: files of weights, and their form inside a release."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from odd17.core.indicators.frame_definition import OVERALL, FrameDefinition, Weighted
from odd17.core.indicators.uncertainty_ranges import UncertaintyRanges
from odd17.core.kernel import DataError, Message, Text, UsageError

from . import places
from .documents import check_document, read_document


def frame_file(name: str) -> Path:
    """The file of a frame: the one at the path ``name``, or the shipped one with this id.

    Raises UsageError, with the names that are near, where there is neither.
    """
    path = Path(name)
    if path.is_file():
        return path
    names = shipped_frames()
    if name in names:
        return shipped_frame(name)
    near = difflib.get_close_matches(name, names, n=3) or names
    raise UsageError(
        Message("No frame is called {name!r}, and no file either. Did you mean {near}?", name=name, near=list(near))
    )


def shipped_frames() -> list[str]:
    """The ids of the shipped frames."""
    return sorted(file.stem for file in (places.shipped() / "frames").glob("*.yml"))


def shipped_frame(name: str) -> Path:
    """The file of the shipped frame with this id."""
    return places.shipped() / "frames" / f"{name}.yml"


def read_frame(path: Path) -> FrameDefinition:
    """The frame that the YAML file at ``path`` defines; raises DataError, with file, line and field, otherwise."""
    return _frame(read_document(path, "frame"), file=str(path))


def frame_to_json(frame: FrameDefinition) -> dict[str, Any]:
    """``frame`` as plain values, in the form of its file."""
    document: dict[str, Any] = {
        "id": frame.id,
        "title": {"fr": frame.title.fr, "en": frame.title.en},
        "note": {"fr": frame.note.fr, "en": frame.note.en},
        "normalisation": frame.normalisation,
        "aggregation": frame.aggregation,
        "min_available": frame.min_available,
        "uncertainty": frame.uncertainty.to_dict(),
        "dimensions": [
            {"id": node.id, "weight": node.weight, "weight_status": node.weight_status} for node in frame.dimensions
        ],
        "domains": [
            {"id": node.id, "dimension": node.parent, "weight": node.weight, "weight_status": node.weight_status}
            for node in frame.domains
        ],
    }
    if frame.indicators:
        document["indicators"] = [
            {"id": node.id, "domain": node.parent, "weight": node.weight, "weight_status": node.weight_status}
            for node in frame.indicators
        ]
    return document


def frame_from_json(document: Mapping[str, Any], *, file: str = "frame.json") -> FrameDefinition:
    """The frame that :func:`frame_to_json` wrote; raises DataError naming ``file`` where it does not fit."""
    check_document(document, "frame", file=file)
    return _frame(document, file=file)


def _frame(document: Mapping[str, Any], *, file: str) -> FrameDefinition:
    try:
        return FrameDefinition(
            id=document["id"],
            title=Text(**document["title"]),
            note=Text(**document["note"]),
            dimensions=tuple(
                Weighted(node["id"], OVERALL, float(node["weight"]), node["weight_status"])
                for node in document["dimensions"]
            ),
            domains=tuple(
                Weighted(node["id"], node["dimension"], float(node["weight"]), node["weight_status"])
                for node in document["domains"]
            ),
            min_available=float(document["min_available"]),
            normalisation=document["normalisation"],
            aggregation=document["aggregation"],
            indicators=tuple(
                Weighted(node["id"], node["domain"], float(node["weight"]), node["weight_status"])
                for node in document.get("indicators", ())
            ),
            uncertainty=UncertaintyRanges.from_dict(document.get("uncertainty", {})),
        )
    except ValueError as error:
        raise DataError(error.args[0], file=file, remedy="correct the frame") from error
