"""Export: a diagnosis, a ranking or an indicator as a file that people and programs open."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from enum import StrEnum
from typing import Final

import polars as pl

from odd17.core.diagnosis.figures import estimate_of
from odd17.core.diagnosis.reading import Diagnosis, course_of
from odd17.core.diagnosis.selection import newest
from odd17.core.diagnosis.what_if import Choices
from odd17.core.kernel import Estimate, Message, ObsStatus, UsageError
from odd17.core.territories.levels import Level
from odd17.publishing.exports import (
    Table,
    course_table,
    diagnosis_table,
    french_csv,
    indicator_table,
    ranking_table,
    ranks_table,
    strict_csv,
    what_if_table,
    xlsx,
)
from odd17.publishing.payload import diagnosis_payload
from odd17.store.releases import Release

from .diagnose import diagnose
from .figure_sources import figure_sources
from .rankings import rank_node
from .what_if import what_if


class FileFormat(StrEnum):
    """The formats of a table; each with its extension and its type."""

    CSV = "csv"  # strict: UTF-8, comma, points
    FRENCH_CSV = "tableur-fr"  # for a French spreadsheet: semicolon, decimal comma
    XLSX = "xlsx"

    @property
    def extension(self) -> str:
        """The extension of a file's name, without its dot."""
        return "xlsx" if self is FileFormat.XLSX else "csv"

    @property
    def media_type(self) -> str:
        """The media type, for a download."""
        if self is FileFormat.XLSX:
            return "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        return "text/csv; charset=utf-8"


_WRITERS: Final[dict[FileFormat, Callable[[Table], bytes]]] = {
    FileFormat.CSV: strict_csv,
    FileFormat.FRENCH_CSV: french_csv,
    FileFormat.XLSX: xlsx,
}


def written(table: Table, format: FileFormat) -> bytes:
    """The table as a file."""
    return _WRITERS[format](table)


def export_diagnosis(
    release: Release, territory: str, format: FileFormat, language: str, compare: Sequence[str] = ()
) -> bytes:
    """A territory's diagnosis, one row a figure; raises as ``diagnose``."""
    return written(diagnosis_table(diagnose(release, territory, compare), language), format)


def export_ranks(release: Release, territory: str, format: FileFormat, language: str) -> bytes:
    """The ranks of a territory's domains with their intervals, one row a domain; raises as ``diagnose``."""
    return written(ranks_table(diagnose(release, territory), language), format)


def export_course(release: Release, territory: str, indicator_id: str, format: FileFormat, language: str) -> bytes:
    """A figure over its periods, here and beside; raises as ``diagnose``, and UsageError where it has one period."""
    diagnosis = diagnose(release, territory)
    return written(course_table(diagnosis, *course_of(diagnosis, indicator_id), language), format)


def export_what_if(
    release: Release, peer_set: str, choices: Choices, address: str, format: FileFormat, language: str
) -> bytes:
    """Every rank under a reader's choices, which ``address`` gives again; raises as ``what_if``."""
    found = what_if(release, peer_set, choices)
    behind = figure_sources(release)
    sources = {source.id: source for domain in found.domains for source in behind.get(domain, ())}
    table = what_if_table(
        found, release.cog, release=release.id, address=address, sources=tuple(sources.values()), language=language
    )
    return written(table, format)


def diagnosis_json(diagnosis: Diagnosis, language: str) -> bytes:
    """A diagnosis as JSON, as the API gives it."""
    text = json.dumps(diagnosis_payload(diagnosis, language), ensure_ascii=False, indent=2, allow_nan=False)
    return f"{text}\n".encode()


def export_ranking(release: Release, node: str, peer_set: str, format: FileFormat, language: str) -> bytes:
    """All the peers on a domain, a dimension or the whole; raises as ``rank_node``."""
    return written(ranking_table(rank_node(release, node, peer_set), language), format)


def export_indicator(release: Release, indicator_id: str, level: Level, format: FileFormat, language: str) -> bytes:
    """An indicator's figures at a level in its newest period there, with a row for every territory of the level.

    Raises UsageError for an unknown indicator, and for a level at which it has no figure.
    """
    indicator = release.indicators.get(indicator_id)
    if indicator is None:
        raise UsageError(Message("No indicator is called {indicator_id!r}.", indicator_id=indicator_id[:80]))
    rows = release.observations(indicators=[indicator_id], level=level.value)
    period = newest(rows.filter(pl.col("value").is_not_null())["period"].unique().to_list())
    if period is None:
        raise UsageError(
            Message(
                "Indicator {indicator_id!r} has no figure at level {level} in release {release}.",
                indicator_id=indicator_id,
                level=level.value,
                release=release.id,
            )
        )
    current = rows.filter(pl.col("period") == period).iter_rows(named=True)
    found = {row["territory"]: estimate_of(row) for row in current}
    missing = Estimate(None, obs_status=ObsStatus.MISSING)
    figures = [(release.cog[id], found.get(id, missing)) for id in release.cog.at(level)]
    table = indicator_table(indicator, period, level, figures, release=release.id, language=language)
    return written(table, format)
