"""Observations carried from the vintage of their codes to another one.

What becomes of a figure follows from what becomes of its territory:

- unchanged, renamed or given another code: the figure stays as published;
- merged: counts are summed, ratios recomputed from numerator and denominator, anything else is not carried;
- split: a figure cannot be divided, so each part has none, flagged ``not_carried``;
- an EPCI: carried when its communes cover the same ground in both vintages, else not carried; where its old
  membership is unknown the code is kept, flagged ``perimeter_unverified``;
- gone, with nothing in its place: there is no territory to write the figure to; the report lists it;
- country, regions, départements: the code is kept where it still exists, as INSEE itself does although a commune
  now and then passes from one département to its neighbour.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

import polars as pl

from odd17.core.kernel import ObsStatus, ReasonCode

from .levels import Level, territory_id
from .merge import Measure, merge
from .movements import NO_MOVEMENTS, SAME_AS_NEXT, Movements, Passage


class Outcome(StrEnum):
    """What became of a territory between two vintages, where it did not simply stay."""

    RECODED = "recoded"
    MERGED = "merged"
    SPLIT = "split"  # wholly or in part: nothing of it can be carried
    PERIMETER_CHANGED = "perimeter_changed"  # an EPCI of the same code over other ground
    PERIMETER_UNVERIFIED = "perimeter_unverified"  # nothing tells whether the code covers the same ground
    GONE = "gone"  # no territory of the new vintage takes its place


REPORT: dict[str, type[pl.DataType] | pl.DataType] = {
    "vintage": pl.Int16,
    "level": pl.String,
    "territory": pl.String,  # in the old vintage
    "successor": pl.String,  # in the new one; null where it is gone; one row each where it was split
    "outcome": pl.String,
    "rows": pl.Int64,  # observations concerned
}
"""Columns of the report, one row a territory that did not simply stay and each of its successors."""


@dataclass(frozen=True, slots=True)
class Carried:
    """Observations that all belong to one vintage, and what happened on the way (columns of ``REPORT``)."""

    observations: pl.DataFrame
    report: pl.DataFrame


def carry(
    observations: pl.DataFrame,
    *,
    to: int,
    indicators: Mapping[str, Measure],
    memberships: Mapping[int, pl.DataFrame],
    movements: Movements = NO_MOVEMENTS,
) -> Carried:
    """The ``observations`` (columns of ``OBSERVATIONS``) in the vintage of the year ``to``, forwards or backwards.

    ``memberships`` holds, by vintage, tables with the columns of ``MEMBERSHIPS``: that of ``to`` must be there, it says
    which codes exist; older ones let EPCI be compared. An indicator that ``indicators`` lacks is treated as one that
    cannot be recomputed. Without movements, what still exists is kept, flagged ``perimeter_unverified``.

    A merged figure needs all its parts: where one is absent or missing, the sum is missing too. Its status is the most
    reserved of its parts'. Raises KeyError where the memberships of ``to`` are absent, ValueError for a row without
    vintage.
    """
    current = memberships[to]
    if observations["vintage"].null_count():
        raise ValueError("an observation has no vintage: nothing tells which territories its codes are")
    if (observations["vintage"] == to).all():
        return Carried(observations, pl.DataFrame(schema=REPORT))
    kept: list[pl.DataFrame] = []
    reports: list[pl.DataFrame] = []
    for vintage in observations["vintage"].unique().sort().to_list():
        rows = observations.filter(pl.col("vintage") == vintage)
        if vintage == to:
            kept.append(rows)
            continue
        passage = movements.passage(vintage, to)
        old = memberships.get(vintage, current if _same(vintage, to) else None)
        fates = _fates(rows["territory"].unique().to_list(), passage, old, current)
        moved, report = _apply(rows, fates, to, indicators)
        kept.append(moved)
        reports.append(report.with_columns(vintage=pl.lit(vintage, pl.Int16)).select(list(REPORT)))
    return Carried(pl.concat(kept), pl.concat(reports))


def _same(vintage: int, to: int) -> bool:
    return all(year in SAME_AS_NEXT for year in range(min(vintage, to), max(vintage, to)))


_FATES = {"territory": pl.String, "successor": pl.String, "outcome": pl.String, "parts": pl.Int64}


_BUILT_OF_COMMUNES = (Level.COMMUNE.value, Level.EPCI.value)


def _fates(
    territories: Iterable[str], passage: Passage, old: pl.DataFrame | None, current: pl.DataFrame
) -> pl.DataFrame:
    """One row a territory that does not simply stay and each of its successors, which is made of ``parts`` parts."""
    existing = _identifiers(current)
    successors = passage.successors()
    same_ground = None if old is None else _epci_on_the_same_ground(old, current, passage, successors)
    rows: list[tuple[str, str | None, Outcome, int]] = []
    for territory in territories:
        prefix, _, code = territory.partition("-")
        reached = successors.get(code, []) if prefix == Level.COMMUNE else []
        for commune in reached:
            origin = passage.origins[commune]
            parts = len(origin.communes)
            outcome = Outcome.SPLIT if not origin.is_whole else Outcome.MERGED if parts > 1 else Outcome.RECODED
            rows.append((territory, territory_id(Level.COMMUNE, commune), outcome, parts))
        if reached:
            continue
        if territory not in existing or (
            prefix == Level.COMMUNE and (code in passage.ended or code in passage.origins)
        ):
            rows.append((territory, None, Outcome.GONE, 1))
        elif (not passage.is_covered and prefix in _BUILT_OF_COMMUNES) or (
            prefix == Level.EPCI and same_ground is None
        ):
            rows.append((territory, territory, Outcome.PERIMETER_UNVERIFIED, 1))
        elif prefix == Level.EPCI and same_ground is not None and code not in same_ground:
            rows.append((territory, territory, Outcome.PERIMETER_CHANGED, 1))
    return pl.DataFrame(rows, schema=_FATES, orient="row")


def _identifiers(memberships: pl.DataFrame) -> set[str]:
    found = {Level.COUNTRY.value, Level.METROPOLITAN.value}
    columns = {"region": Level.REGION, "departement": Level.DEPARTEMENT, "epci": Level.EPCI, "commune": Level.COMMUNE}
    for column, level in columns.items():
        found.update(territory_id(level, code) for code in memberships[column].drop_nulls().unique())
    return found


def _epci_on_the_same_ground(
    old: pl.DataFrame, current: pl.DataFrame, passage: Passage, successors: Mapping[str, list[str]]
) -> set[str]:
    """The codes of the EPCI whose communes, followed along the movements, are those of the same code today."""
    before, after = _communes_by_epci(old), _communes_by_epci(current)
    same: set[str] = set()
    for code in before.keys() & after.keys():
        followed = {new for commune in before[code] for new in successors.get(commune, [commune])}
        if followed == after[code] and all(
            passage.origins[commune].communes <= before[code] for commune in followed if commune in passage.origins
        ):
            same.add(code)
    return same


def _communes_by_epci(memberships: pl.DataFrame) -> dict[str, set[str]]:
    grouped = memberships.drop_nulls("epci").group_by("epci").agg("commune")
    return {epci: set(communes) for epci, communes in grouped.iter_rows()}


def _apply(
    rows: pl.DataFrame, fates: pl.DataFrame, to: int, indicators: Mapping[str, Measure]
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The rows in their new vintage, and the report of those that moved."""
    columns = rows.columns
    concerned = fates["territory"].unique()
    is_concerned = pl.col("territory").is_in(concerned.implode())
    staying = rows.filter(~is_concerned)
    moving = rows.filter(is_concerned).join(fates, on="territory")
    report = moving.group_by("level", "territory", "successor", "outcome").agg(rows=pl.len().cast(pl.Int64))
    moving = moving.filter(pl.col("outcome") != Outcome.GONE).with_columns(territory="successor")

    several = pl.col("outcome").is_in([Outcome.MERGED, Outcome.SPLIT])
    merged = merge(moving.filter(several), indicators, lost=pl.col("outcome") == Outcome.SPLIT)
    alone = moving.filter(~several)
    changed = pl.col("outcome") == Outcome.PERIMETER_CHANGED
    unverified = pl.col("outcome") == Outcome.PERIMETER_UNVERIFIED
    had_figure = pl.any_horizontal(pl.col("value", "numerator").is_not_null())
    alone = alone.with_columns(
        *(pl.when(~changed).then(name).alias(name) for name in ("value", "numerator", "denominator")),
        obs_status=pl.when(changed & had_figure).then(pl.lit(ObsStatus.MISSING.value)).otherwise("obs_status"),
        note=pl.when(changed & had_figure)
        .then(pl.lit(ReasonCode.NOT_CARRIED.value))
        .when(unverified & (pl.col("note").is_null() | (pl.col("note") != ReasonCode.NOT_CARRIED.value)))
        .then(pl.lit(ReasonCode.PERIMETER_UNVERIFIED.value))
        .otherwise("note"),
    )
    moved = pl.concat([staying, alone.select(columns), merged.select(columns)])
    return moved.with_columns(vintage=pl.lit(to, pl.Int16)), report.sort("territory", "successor", nulls_last=True)
