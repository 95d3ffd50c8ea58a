"""The method log: all that is needed to do an index again, as plain values that JSON can write."""

from __future__ import annotations

import platform
from collections.abc import Mapping, Sequence
from importlib.metadata import version
from typing import Any

from .digest import digest_inputs
from .frame import Frame
from .pipeline import Run
from .stage import Inputs
from .step import Step

SCHEMA = 1
"""Version of the log's own shape."""


class MethodLog(dict[str, Any]):
    """A log as a mapping that JSON can write, and beside it, as long as it is not written, its side tables.

    ``tables`` are by sha256. A log that was read back from JSON has none: its replay asks for them.
    """

    def __init__(self, content: Mapping[str, Any], tables: Mapping[str, Any]) -> None:
        super().__init__(content)
        self.tables = dict(tables)


def method_log(frame: Frame, steps: Sequence[Step], unit: str, inputs: Inputs, done: Run) -> MethodLog:
    """Frame, steps with what each did, versions, and the sha256 of the values that the steps read."""
    content = {
        **_head(frame, unit),
        "values": {
            "sha256": digest_inputs(inputs),
            "units": len(inputs.raw.units),
            "columns": list(inputs.raw.columns),
            "attributes": sorted(inputs.attributes),
        },
        "steps": [{**step.to_json(frame), "did": note} for step, note in zip(steps, done.notes, strict=True)],
    }
    sides = {side.sha256: getattr(step, name) for step in steps for name, side in step.side_tables(frame).items()}
    return MethodLog(content, sides)


def lazy_log(frame: Frame, steps: Sequence[Step], unit: str, engine: str) -> dict[str, Any]:
    """The log of an index over a lazy table: the ``engine``, but neither what each step did nor the values' sha256."""
    return {**_head(frame, unit), "engine": engine, "steps": [step.to_json(frame) for step in steps]}


def _head(frame: Frame, unit: str) -> dict[str, Any]:
    return {
        "schema": SCHEMA,
        "versions": {
            "python": platform.python_version(),
            **{package: version(package) for package in ("odd17", "numpy", "polars", "narwhals")},
        },
        "frame": frame.to_json(),
        "unit": unit,
    }
