"""What the page of the data shows, read from the manifest of the release."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from odd17.core.diagnosis.consistency import Check
from odd17.core.indicators.indicator import Indicator
from odd17.core.kernel import text_from_plain
from odd17.core.territories.levels import Level
from odd17.workflows.releases import Release


@dataclass(frozen=True, slots=True)
class LevelFiles:
    """A level with figures: how many territories and observations, and its two files."""

    level: Level
    territories: int
    observations: int


@dataclass(frozen=True, slots=True)
class DataPage:
    """``inputs`` are the manifest's, their texts in two languages.

    ``left_out_rows`` are those of tables that could not be placed.
    """

    manifest: Mapping[str, Any]
    inputs: tuple[Mapping[str, Any], ...]
    checks: tuple[Check, ...]
    indicators: Mapping[str, Indicator]
    left_out_rows: tuple[Mapping[str, Any], ...]
    left_out_collectivities: Mapping[str, int]
    levels: tuple[LevelFiles, ...]


def data_page(release: Release) -> DataPage:
    """Gather inputs, checks, what was left out, and the files."""
    inputs = inputs_of(release)
    by_level = release.manifest["counts"]["observations_by_level"]
    return DataPage(
        manifest=release.manifest,
        inputs=inputs,
        checks=tuple(Check(**check) for check in release.checks),
        indicators=release.indicators,
        left_out_rows=tuple(row for item in inputs for row in item["about"].get("left_out", ())),
        left_out_collectivities={
            key: count
            for item in inputs
            for key, count in item["about"].get("left_out_overseas_collectivities", {}).items()
        },
        levels=tuple(
            LevelFiles(level, len(release.cog.at(level)), by_level[level.value])
            for level in Level
            if level.value in by_level
        ),
    )


def inputs_of(release: Release) -> tuple[Mapping[str, Any], ...]:
    """The inputs of the manifest, their title, licence and note as texts."""
    return tuple(
        item | {name: text_from_plain(item[name]) for name in ("title", "licence", "note") if name in item}
        for item in release.manifest["inputs"]
    )
