"""The method log: all that is needed to do an index again, as plain values that JSON can write."""

from __future__ import annotations

import platform
from collections.abc import Sequence
from importlib.metadata import version
from typing import Any

from .digest import digest_inputs
from .frame import Frame
from .pipeline import Run
from .stage import Inputs
from .step import Step

SCHEMA = 1
"""Version of the log's own shape."""


def method_log(frame: Frame, steps: Sequence[Step], unit: str, inputs: Inputs, done: Run) -> dict[str, Any]:
    """Frame, steps with what each did, versions, and the sha256 of the values that the steps read."""
    return {
        **_head(frame, unit),
        "values": {
            "sha256": digest_inputs(inputs),
            "units": len(inputs.raw.units),
            "columns": list(inputs.raw.columns),
            "attributes": sorted(inputs.attributes),
        },
        "steps": [{**step.to_json(frame), "did": note} for step, note in zip(steps, done.notes, strict=True)],
    }


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
