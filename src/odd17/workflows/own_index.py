"""Make an index of one's own from a file: every stage as a table, ranks with intervals, the method log, the audit."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any

import polars as pl

from odd17.core.indicators.audit import Audit
from odd17.core.indicators.frame import Frame
from odd17.core.indicators.index import Index
from odd17.core.indicators.result import Result
from odd17.core.indicators.step_words import step_from
from odd17.core.indicators.uncertainty import Uncertainty
from odd17.core.indicators.weight import Noise
from odd17.store.index_file import IndexFile, read_index_file
from odd17.store.whole_files import write_whole

DEFAULTS = {"replicates": 1000, "seed": 17, "level": 0.9}
"""How many replicates, from which seed, and the share of them between the bounds of an interval."""


def run_index(file: Path, out: Path) -> list[Path]:
    """Make the index that ``file`` describes; gives the files written in ``out``, which replace those of their names.

    A table for each stage (``1-raw.csv`` and on), ``ranks.csv``, ``log.json``, and, where the file asks for it,
    ``intervals.csv``: unit, nominal, low, median, high of the root. Raises DataError or UsageError, naming what is
    wrong, before anything is written.
    """
    described = read_index_file(file)
    result = fitted(described)
    tables = {f"{number}-{stage}": result.table(stage) for number, stage in enumerate(result.stages, start=1)}
    tables["ranks"] = result.ranks
    log: dict[str, Any] = dict(result.log)
    if described.uncertainty is not None:
        asked = DEFAULTS | dict(described.uncertainty)
        tables["intervals"] = uncertain(result, described).ranks(level=asked["level"])
        log["uncertainty"] = asked
    written = [_write(out / f"{name}.csv", table) for name, table in tables.items()]
    text = json.dumps(log, ensure_ascii=False, indent=2, allow_nan=False) + "\n"
    write_whole(out / "log.json", text.encode(), parents=True)
    return [*written, out / "log.json"]


def audit_index(file: Path) -> tuple[Audit, dict[str, pl.DataFrame]]:
    """The audit of the index that ``file`` describes, and its tables by name.

    The tables are those of the audit, the effect of leaving out each node under the root (``leave_one_out``), and,
    where the file says what to draw again, which of those choices move the ranks (``sobol``; it needs the extra
    ``sensitivity``).
    """
    described = read_index_file(file)
    result = fitted(described)
    audit = result.audit()
    tables = {field.name: getattr(audit, field.name) for field in fields(audit)}
    below = max(node.level for node in result.frame.nodes if node.parent is not None)
    tables["leave_one_out"] = result.leave_one_out(below)
    if described.uncertainty is not None:
        tables["sobol"] = uncertain(result, described).sobol(target="mean_abs_rank_shift")
    return audit, tables


def write_tables(tables: Mapping[str, pl.DataFrame], out: Path) -> list[Path]:
    """Write each table as ``<name>.csv`` in ``out``."""
    return [_write(out / f"{name}.csv", table) for name, table in tables.items()]


def fitted(described: IndexFile) -> Result:
    """The index fitted to its values."""
    frame = Frame.from_table(described.nodes, level_names=described.level_names)
    steps = [step_from(words, described.tables) for words in described.steps]
    return Index(frame, steps=steps).fit(described.values, unit=described.unit)


def uncertain(result: Result, described: IndexFile) -> Uncertainty:
    """The replicates that the file asks for."""
    asked = DEFAULTS | dict(described.uncertainty or {})
    choices: dict[str, object] = {
        name: [
            step_from({"step": name, **option}, described.tables) if isinstance(option, dict) else option
            for option in options
        ]
        for name, options in asked.get("choices", {}).items()
    }
    if "weights" in asked:
        choices["weights"] = Noise(asked["weights"])
    return result.uncertainty(choices, n=asked["replicates"], seed=asked["seed"])


def _write(path: Path, table: pl.DataFrame) -> Path:
    write_whole(path, table.write_csv(float_precision=None).encode(), parents=True)
    return path
