"""Import a published file: check it against its dataset file, then keep it as the snapshot that releases read."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import polars as pl

from odd17.core.indicators.indicator import Indicator
from odd17.core.indicators.intake import Findings, Reading, read_observations
from odd17.core.indicators.intake.table import LEVEL, ROW, TERRITORY
from odd17.core.indicators.intake.table_schema import check_schema, derived_schema
from odd17.core.indicators.observations import OBSERVATIONS
from odd17.core.kernel import DataError
from odd17.core.territories import Cog
from odd17.core.territories.carry import carry
from odd17.core.territories.movements import NO_MOVEMENTS
from odd17.store.catalogue import read_catalogue
from odd17.store.dataset_file import DatasetFile, read_dataset_file
from odd17.store.datasets import Contents, Snapshot, keep_snapshot, list_snapshots
from odd17.store.movements import load_movements
from odd17.store.places import shipped
from odd17.store.reading import read_bytes, read_table
from odd17.store.reading.contents import Kind, opened
from odd17.store.table_schema_file import parse_table_schema

Progress = Callable[[str, int, int], None]
"""Called with the step, how much of it is done, and how much there is (0: unknown)."""


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did. ``changed`` is False where the same file had been imported the same way before."""

    snapshot: Snapshot
    findings: Findings
    indicators: tuple[Indicator, ...]
    changed: bool

    def observations(self) -> pl.LazyFrame:
        """The observations of the snapshot (columns of ``OBSERVATIONS``), not yet read."""
        return pl.scan_parquet(self.snapshot.path / "observations.parquet")


def check(
    file: Path,
    dataset: Path,
    *,
    cog: Cog,
    home: Path | None = None,
    catalogue: Mapping[str, Indicator] | None = None,
    progress: Progress | None = None,
) -> Findings:
    """What an import of ``file`` as the file ``dataset`` declares it would do and what speaks against it.

    Nothing is written. ``catalogue`` is the shipped one where None; ``home`` is where installed movements between
    communes are looked for. Raises DataError where the file or the dataset file
    cannot be read at all.
    """
    return checked(file, dataset, cog=cog, home=home, catalogue=catalogue, progress=progress).findings


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check found, and the indicators that the file would give figures of."""

    findings: Findings
    indicators: tuple[Indicator, ...]


def checked(
    file: Path,
    dataset: Path,
    *,
    cog: Cog,
    home: Path | None = None,
    catalogue: Mapping[str, Indicator] | None = None,
    progress: Progress | None = None,
) -> Checked:
    """As :func:`check`, with the indicators."""
    reading = _read(file, dataset, cog, catalogue, progress or _silent)[2]
    return Checked(replace(reading.findings, carried=_carried(reading, cog, home)), tuple(reading.indicators))


def import_dataset(
    file: Path,
    dataset: Path,
    *,
    home: Path,
    cog: Cog,
    catalogue: Mapping[str, Indicator] | None = None,
    progress: Progress | None = None,
) -> Imported:
    """Check ``file``, convert it and keep it under ``home`` as the current snapshot of its dataset.

    Raises DataError where the check finds an error, and Odd17Error where the disk is full: then nothing is written.
    Importing the same file in the same way again changes nothing.
    """
    tell = progress or _silent
    declared, raw, reading, schema = _read(file, dataset, cog, catalogue, tell)
    reading.findings.raise_errors()
    provenance = replace(declared.dataset.source, sha256=hashlib.sha256(raw).hexdigest())
    indicators = tuple(replace(indicator, source=provenance) for indicator in reading.indicators)
    contents = Contents(
        dataset=declared.dataset.id,
        file=file.name,
        raw=raw,
        dataset_file=declared.content,
        schema=schema,
        provenance=provenance,
        indicators=indicators,
    )
    tell("write", 0, 1)
    snapshot, changed = keep_snapshot(contents, reading.blocks(), home)
    tell("write", 1, 1)
    return Imported(snapshot, reading.findings, indicators, changed)


@dataclass(frozen=True, slots=True)
class Preview:
    """The first rows of a file as odd17 reads it: the number of each in the file, and its cells as text."""

    columns: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str | None, ...]], ...]


def preview(file: Path, dataset: Path, *, rows: int = 8) -> Preview:
    """The first ``rows`` of ``file`` as the file ``dataset`` declares it; raises DataError as :func:`check`."""
    table, _ = read_table(read_bytes(file), file.name, read_dataset_file(dataset).dataset)
    first = table.frame.head(rows)
    numbers = first[ROW].cast(pl.Int64).to_list()
    return Preview(tuple(table.names), tuple(zip(numbers, first.select(table.names).rows(), strict=True)))


def kind_of(file: Path) -> str:
    """What a file is by its first bytes: text, xlsx, xls, parquet or json. Raises DataError for anything else.

    A name is not believed; only JSON and text, which begin alike, are told apart by it.
    """
    kind, content = opened(read_bytes(file), file.name)
    if kind is Kind.TEXT and b"\0" in content[:4096] and content[:2] not in (b"\xff\xfe", b"\xfe\xff"):
        raise DataError("neither a table of text nor a workbook", file=file.name, remedy="bring CSV, XLSX or Parquet")
    return kind.value


def imported(home: Path) -> list[Snapshot]:
    """Every snapshot under ``home``, by dataset, the current one first."""
    return list_snapshots(home)


def shipped_catalogue() -> dict[str, Indicator]:
    """The indicators that odd17 ships, by id."""
    found: dict[str, Indicator] = {}
    for path in sorted((shipped() / "catalogue").glob("*.yml")):
        found.update(read_catalogue(path))
    return found


def _read(
    file: Path, dataset: Path, cog: Cog, catalogue: Mapping[str, Indicator] | None, tell: Progress
) -> tuple[DatasetFile, bytes, Reading, dict[str, object]]:
    tell("read", 0, 1)
    declared = read_dataset_file(dataset)
    raw = read_bytes(file)
    table, found = read_table(raw, file.name, declared.dataset)
    tell("read", 1, 1)
    tell("check", 0, 1)
    if declared.schema is None:
        schema = derived_schema(declared.dataset)
    else:
        schema = parse_table_schema(declared.schema, str(declared.dataset.schema))
        found = (*found, *check_schema(table, schema))
    reading = read_observations(
        table,
        declared.dataset,
        catalogue=shipped_catalogue() if catalogue is None else catalogue,
        territories=cog.table,
        vintage=cog.vintage,
        file=file.name,
        found=found,
    )
    tell("check", 1, 1)
    return declared, raw, reading, schema


def _carried(reading: Reading, cog: Cog, home: Path | None) -> dict[str, int]:
    """What would become of each territory in the vintage of ``cog``; nothing where the codes are of that vintage."""
    if reading.dataset.territories.vintage == cog.vintage:
        return {}
    located = reading.cells.frame.select(pl.col(TERRITORY).alias("territory"), pl.col(LEVEL).alias("level")).unique()
    missing = [
        pl.lit(None, dtype).alias(name) for name, dtype in OBSERVATIONS.items() if name not in ("territory", "level")
    ]
    vintage = reading.dataset.territories.vintage
    # as when a release is built: no movement is applied to codes of which nobody knows the year
    movements = NO_MOVEMENTS if vintage is None else load_movements(home)
    rows = located.select("territory", "level", *missing).with_columns(pl.lit(vintage or 0, pl.Int16).alias("vintage"))
    rows = rows.select(list(OBSERVATIONS))
    memberships = {cog.vintage: cog.memberships}
    report = carry(rows, to=cog.vintage, indicators={}, memberships=memberships, movements=movements).report
    outcomes = report.unique(["territory", "outcome"]).group_by("outcome").len().sort("outcome").iter_rows()
    counts = {str(outcome): int(count) for outcome, count in outcomes}
    return {"kept": rows.height - report["territory"].n_unique(), **counts}


def _silent(step: str, done: int, total: int) -> None:
    """Tell nobody."""
