"""A release as its readers see it: definitions in memory, figures read from disk as they are asked for."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

import polars as pl

from odd17.core.diagnosis.crossing_tables import CROSSINGS, GAPS, PRIORITIES
from odd17.core.diagnosis.tables import SCORES
from odd17.core.indicators.described import DescribedCatalogue
from odd17.core.indicators.frame_definition import FrameDefinition
from odd17.core.indicators.indicator import Indicator
from odd17.core.indicators.observations import OBSERVATIONS
from odd17.core.kernel import Message, ReleaseError
from odd17.core.perceptions.study import StudyDescription
from odd17.core.perceptions.tables import PERCEPTIONS
from odd17.core.territories.carry import REPORT
from odd17.core.territories.cog import Cog
from odd17.store.catalogue import indicator_from_json
from odd17.store.described_catalogue import catalogue_from_json
from odd17.store.frames import frame_from_json
from odd17.store.study_description import study_from_json
from odd17.store.territories import load_cog

from . import layout


class Release:
    """A published, immutable set of figures with their definitions, scores and method.

    Definitions (``indicators``, ``frame``, ``cog``) are read once and kept; tables are scanned with filters, so that a
    reader of one territory never holds the country's 3.5 million observations.
    """

    def __init__(self, path: Path, manifest: Mapping[str, Any]) -> None:
        self.path = path
        self.manifest = manifest

    def __repr__(self) -> str:
        return f"Release({self.id!r})"

    @property
    def id(self) -> str:
        """The identifier, which is also the name of the folder once it is published."""
        return str(self.manifest["id"])

    @property
    def fictitious(self) -> bool:
        """Whether its studies are made up: the demonstration, no figure of which is shown without saying so."""
        return bool(self.manifest.get("fictitious", False))

    @cached_property
    def cog(self) -> Cog:
        """The territories of the release."""
        return load_cog(self.path)

    @cached_property
    def indicators(self) -> dict[str, Indicator]:
        """The indicators that the release knows, by id, whether or not they have a figure."""
        documents = self._json(layout.INDICATORS)
        return {document["id"]: indicator_from_json(document) for document in documents}

    @cached_property
    def frame(self) -> FrameDefinition:
        """The frame in which the release is scored."""
        return frame_from_json(self._json(layout.FRAME))

    @cached_property
    def catalogue(self) -> DescribedCatalogue:
        """What the catalogue said of every indicator when the release was built; empty where it was not kept then."""
        if layout.CATALOGUE not in self._resources:
            return DescribedCatalogue()
        return catalogue_from_json(self._json(layout.CATALOGUE))

    @property
    def day(self) -> date:
        """The day of the newest input: the day on which figures are said to be old or not."""
        return date.fromisoformat(self.manifest["newest_input"])

    @cached_property
    def checks(self) -> list[dict[str, Any]]:
        """What the checks found when the release was built."""
        checks: list[dict[str, Any]] = self._json(layout.CHECKS)
        return checks

    @cached_property
    def peer_sets(self) -> tuple[str, ...]:
        """The peer sets that have a method log, in alphabetical order."""
        return tuple(sorted(path.stem for path in (self.path / layout.METHOD).glob("*.json")))

    @cached_property
    def valued(self) -> pl.DataFrame:
        """How many territories have a value, by ``level``, ``indicator`` and ``period`` (column ``values``)."""
        scan = self._scan(layout.OBSERVATIONS, OBSERVATIONS).filter(pl.col("value").is_not_null())
        counted = scan.group_by("level", "indicator", "period").agg(values=pl.len())
        return self._collect(counted.sort("level", "indicator", "period"))

    def observations(
        self,
        *,
        territories: Iterable[str] | None = None,
        indicators: Iterable[str] | None = None,
        level: str | None = None,
        columns: Sequence[str] | None = None,
    ) -> pl.DataFrame:
        """The observations that pass every filter given; ``columns`` are among those of ``OBSERVATIONS`` (None: all).

        Rows are sorted by level, territory, indicator and period.
        """
        scan = self._scan(layout.OBSERVATIONS, OBSERVATIONS)
        if territories is not None:
            scan = _among(scan, "territory", territories)
        if indicators is not None:
            scan = _among(scan, "indicator", indicators)
        if level is not None:
            scan = scan.filter(pl.col("level") == str(level))
        return self._collect(scan if columns is None else scan.select(columns))

    def scores(
        self,
        *,
        territories: Iterable[str] | None = None,
        peer_set: str | None = None,
        nodes: Iterable[str] | None = None,
    ) -> pl.DataFrame:
        """The scores that pass every filter given, in the columns of ``SCORES``.

        Rows are sorted by peer set, territory and node.
        """
        scan = self._scan(layout.SCORES, SCORES)
        if peer_set is not None:
            scan = scan.filter(pl.col("peer_set") == peer_set)
        if territories is not None:
            scan = _among(scan, "territory", territories)
        if nodes is not None:
            scan = _among(scan, "node", nodes)
        return self._collect(scan)

    @cached_property
    def studies(self) -> dict[str, StudyDescription]:
        """What may be shown of the studies of the release, by id; empty where it has none."""
        if layout.STUDIES not in self._resources:
            return {}
        return {document["id"]: study_from_json(document) for document in self._json(layout.STUDIES)}

    def perceptions(
        self,
        *,
        territories: Iterable[str] | None = None,
        measure: str | None = None,
        domains: Iterable[str] | None = None,
        actors: Iterable[str] | None = None,
        studies: Iterable[str] | None = None,
    ) -> pl.DataFrame:
        """What studies tell (columns ``PERCEPTIONS``), the rows that pass every filter given, in the release's order.

        Like the three tables below, empty where the release has no study.
        """
        given = {
            "territory": territories,
            "measure": _one(measure),
            "domain": domains,
            "actor": actors,
            "study": studies,
        }
        return self._studied(layout.PERCEPTIONS, PERCEPTIONS, given)

    def crossings(
        self,
        *,
        peer_set: str | None = None,
        territories: Iterable[str] | None = None,
        domains: Iterable[str] | None = None,
        actors: Iterable[str] | None = None,
    ) -> pl.DataFrame:
        """Figures against what actors see (columns ``CROSSINGS``); sorted by peer set, territory, domain, actor."""
        given = {"peer_set": _one(peer_set), "territory": territories, "domain": domains, "actor": actors}
        return self._studied(layout.CROSSINGS, CROSSINGS, given)

    def gaps(
        self,
        *,
        peer_set: str | None = None,
        territories: Iterable[str] | None = None,
        domains: Iterable[str] | None = None,
    ) -> pl.DataFrame:
        """Gaps between actors (columns ``GAPS``); sorted by peer set, territory, domain and actors."""
        given = {"peer_set": _one(peer_set), "territory": territories, "domain": domains}
        return self._studied(layout.GAPS, GAPS, given)

    def priorities(
        self,
        *,
        peer_set: str | None = None,
        territories: Iterable[str] | None = None,
        domains: Iterable[str] | None = None,
    ) -> pl.DataFrame:
        """The places of domains in territories (columns ``PRIORITIES``); sorted by peer set, territory, domain."""
        given = {"peer_set": _one(peer_set), "territory": territories, "domain": domains}
        return self._studied(layout.PRIORITIES, PRIORITIES, given)

    def carried(self) -> pl.DataFrame:
        """What became of the territories of other vintages: one row for each that did not simply stay, and successor.

        Columns: source, vintage (0: unknown), level, territory, successor (null: none), outcome, rows.
        """
        return self._collect(self._scan(layout.CARRIED, {"source": pl.String, **REPORT}))

    def method_log(self, peer_set: str) -> dict[str, Any]:
        """The log from which the scores of ``peer_set`` can be replayed; raises ReleaseError where there is none."""
        if peer_set not in self.peer_sets:
            known = ", ".join(self.peer_sets) or "none"
            raise ReleaseError(
                Message(
                    "Release {id} has no scores among {peer_set!r}; it has: {known}.",
                    id=self.id,
                    peer_set=peer_set,
                    known=known,
                ),
            )
        log: dict[str, Any] = self._json(f"{layout.METHOD}/{peer_set}.json")
        return log

    def map_path(self, language: str, level: str, subject: str) -> Path | None:
        """The file of a drawn map, or None where none was drawn; ``subject`` is a domain or an indicator."""
        name = f"{layout.MAPS}/{language}/{level}/{subject}.svg"
        return self.path / name if name in self._resources else None

    def export_path(self, level: str, format: str) -> Path | None:
        """The file that holds a level's figures as ``csv`` (gzipped) or ``parquet``; None where it has no figure."""
        suffix = {"csv": "csv.gz", "parquet": "parquet"}.get(format)
        name = f"{layout.EXPORTS}/{level}.{suffix}"
        return self.path / name if name in self._resources else None

    @cached_property
    def _resources(self) -> frozenset[str]:
        return frozenset(resource["path"] for resource in self.manifest["resources"])

    def _studied(
        self,
        name: str,
        columns: Mapping[str, type[pl.DataType] | pl.DataType],
        filters: Mapping[str, Iterable[str] | None],
    ) -> pl.DataFrame:
        if name not in self._resources:
            return pl.DataFrame(schema=columns)
        scan = self._scan(name, columns)
        for column, values in filters.items():
            if values is not None:
                scan = _among(scan, column, values)
        return self._collect(scan)

    def _scan(self, name: str, columns: Mapping[str, type[pl.DataType] | pl.DataType]) -> pl.LazyFrame:
        """The table called ``name`` with these columns; those that an older release lacks are null."""
        scan = pl.scan_parquet(self.path / name)
        try:
            there = scan.collect_schema()
        except (OSError, pl.exceptions.PolarsError) as error:
            raise self._damage(error) from error
        lacking = [pl.lit(None, kind).alias(column) for column, kind in columns.items() if column not in there]
        return scan.with_columns(lacking).select(list(columns))

    def _collect(self, scan: pl.LazyFrame) -> pl.DataFrame:
        try:
            return scan.collect()
        except (OSError, pl.exceptions.PolarsError) as error:
            raise self._damage(error) from error

    def _damage(self, error: Exception) -> ReleaseError:
        return ReleaseError(
            Message("Release {id} is damaged. Run: odd17 release verify {id}", id=self.id),
        )

    def _json(self, name: str) -> Any:
        try:
            return json.loads((self.path / name).read_bytes())
        except (OSError, ValueError) as error:
            raise ReleaseError(
                Message(
                    "Release {id} is damaged: {name} cannot be read. Run: odd17 release verify {id}",
                    id=self.id,
                    name=name,
                ),
            ) from error


def _one(value: str | None) -> list[str] | None:
    return None if value is None else [value]


def _among(scan: pl.LazyFrame, column: str, values: Iterable[str]) -> pl.LazyFrame:
    wanted = sorted({str(value) for value in values})
    if not wanted:
        return scan.filter(pl.lit(False))
    # The bounds let the reader skip row groups by their statistics, which membership alone does not.
    bounds = pl.col(column).is_between(pl.lit(wanted[0]), pl.lit(wanted[-1]))
    return scan.filter(bounds & pl.col(column).is_in(wanted))
