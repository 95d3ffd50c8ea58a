"""The whole reading of a table: locate, parse, check, count; then the observations, block by block."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from difflib import get_close_matches

import polars as pl

from odd17.core.indicators.indicator import Indicator
from odd17.core.indicators.observations import empty_observations
from odd17.core.kernel import DataError, Message, absence_of

from .cells import Cells, parse_cells
from .codes import locate
from .dataset import Dataset
from .finding import Finding, Findings, MeasureCount, Severity
from .periods import check_constant
from .table import Table
from .tidy import duplicates, tidy_blocks


@dataclass(frozen=True, slots=True)
class Reading:
    """What a table gives: findings (to be raised or shown) and, where none is an error, observations.

    ``indicators`` are those of the dataset, with the dataset as their source.
    """

    findings: Findings
    indicators: tuple[Indicator, ...]
    cells: Cells
    dataset: Dataset

    def blocks(self) -> Iterator[pl.DataFrame]:
        """The observations in blocks of about 50,000, sorted by level, territory, indicator and period throughout."""
        self.findings.raise_errors()
        return tidy_blocks(self.cells, self.dataset)

    def observations(self) -> pl.DataFrame:
        """All observations in one table (columns of ``OBSERVATIONS``)."""
        return pl.concat([empty_observations(), *self.blocks()])


def read_observations(
    table: Table,
    dataset: Dataset,
    *,
    catalogue: Mapping[str, Indicator],
    territories: pl.DataFrame,
    vintage: int,
    file: str,
    found: tuple[Finding, ...] = (),
) -> Reading:
    """Read ``table`` as ``dataset`` declares it; ``found`` are findings of whoever read the file.

    ``catalogue`` has the indicators that the dataset may name without defining them; ``territories`` is the table of
    the COG of the year ``vintage``. Raises DataError where the dataset names an indicator that is nowhere defined.
    """
    indicators = _indicators(dataset, catalogue, file)
    findings: list[Finding] = list(found)
    located = locate(table, dataset.territories, territories, vintage)
    findings.extend(located.findings)
    findings.extend(check_constant(table.frame, table.names, dataset))
    cells = parse_cells(located.frame, dataset, indicators)
    findings.extend(cells.findings)
    findings.extend(duplicates(cells, dataset))
    if located.frame.is_empty() and not any(item.severity is Severity.ERROR for item in findings):
        findings.append(Finding("the file has a header and no row to import", remedy="check that the file is complete"))
    summary = Findings(
        file=file,
        dataset=dataset.id,
        rows=table.frame.height,
        left_out=located.left_out + cells.left_out,
        vintage=dataset.territories.vintage,
        levels=located.levels,
        measures=tuple(_counted(cells, dataset)),
        findings=tuple(findings),
    )
    used = {item.indicator for item in summary.measures}
    return Reading(summary, tuple(item for name, item in indicators.items() if name in used), cells, dataset)


def _indicators(dataset: Dataset, catalogue: Mapping[str, Indicator], file: str) -> dict[str, Indicator]:
    """The indicators that the dataset may give, by id, with the dataset as their source."""
    known = {**catalogue, **dataset.indicators}
    if dataset.long is None:
        wanted = list(dict.fromkeys(measure.indicator for measure in dataset.measures))
    else:
        named = [name for name in dataset.long.names.values() if name is not None]
        wanted = list(dict.fromkeys(named if dataset.long.names and dataset.long.others_left_out else [*named, *known]))
    for name in wanted:
        if name not in known:
            near = get_close_matches(name, list(known), n=3)
            hint = Message("did you mean {near}? ", near=near) if near else ""
            raise DataError(
                "the dataset file names an indicator that nothing defines", file=file, value=name,
                remedy=Message(
                    "{hint}Define it under `indicators`, or use one of {catalogue}",
                    hint=hint, catalogue=list(catalogue) or Message("none"),
                ),
            )  # fmt: skip
    return {name: replace(known[name], source=dataset.source) for name in wanted}


def _counted(cells: Cells, dataset: Dataset) -> Iterator[MeasureCount]:
    """Values present and absences by kind, for each indicator and period, in the order of both."""
    counts: dict[tuple[str, str], dict[str, int]] = {}
    for at, measure in enumerate(dataset.all_measures):
        keys = [
            pl.col("i0") if dataset.long is not None else pl.lit(measure.indicator).alias("i0"),
            pl.lit(measure.period).alias("p") if measure.period_column is None else pl.col(f"p{at}").alias("p"),
        ]
        rows = cells.frame.lazy().select(*keys, pl.col(f"s{at}").alias("s"), pl.col(f"v{at}").is_not_null().alias("v"))
        rows = rows.filter(pl.col("s").is_not_null() & (pl.col("s") < len(cells.statuses)))
        for indicator, period, status, there, number in rows.group_by("i0", "p", "s", "v").len().collect().iter_rows():
            kind = "" if there else absence_of(*cells.statuses[status]).value
            kinds = counts.setdefault((indicator, period), {})
            kinds[kind] = kinds.get(kind, 0) + number
    for (indicator, period), kinds in sorted(counts.items()):
        absent = {kind: kinds[kind] for kind in sorted(kinds) if kind}
        yield MeasureCount(indicator, period, kinds.get("", 0), absent)
