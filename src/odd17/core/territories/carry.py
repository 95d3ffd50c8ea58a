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

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import narwhals as nw
import polars as pl

from odd17.core.kernel import ObsStatus, ReasonCode
from odd17.core.kernel.engines import LazyTable, collected

from .levels import Level, territory_id
from .merge import Measure, measures_of, merge
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
    if observations["vintage"].null_count():
        raise ValueError("an observation has no vintage: nothing tells which territories its codes are")
    if (observations["vintage"] == to).all():
        return Carried(observations, pl.DataFrame(schema=REPORT))
    fates = fates_of(observations.select("territory", "vintage").unique(), to, memberships, movements)
    # what stays is most of it, and keeps its order
    keys = ["territory", "vintage"]
    may_move = pl.col("territory").is_in(fates["territory"].unique().implode())
    staying, candidates = observations.filter(~may_move), observations.filter(may_move)
    same = candidates.join(fates, on=keys, how="anti", maintain_order="left")
    moving = nw.from_native(candidates.join(fates, on=keys, maintain_order="left").lazy())
    alone, merged, report = moved(moving, observations.columns, measures_of(indicators))
    tables = [staying, same, collected(alone), collected(merged).sort(_ORDER, nulls_last=True)]
    return Carried(
        pl.concat(tables).with_columns(vintage=pl.lit(to, pl.Int16)),
        collected(report)
        .select(pl.col(name).cast(kind) for name, kind in REPORT.items())
        .sort("vintage", "territory", "successor", nulls_last=True),
    )


def fates_of(
    territories: pl.DataFrame, to: int, memberships: Mapping[int, pl.DataFrame], movements: Movements
) -> pl.DataFrame:
    """What becomes of the territories (``territory``, ``vintage``) that do not simply stay: one row a successor."""
    current = memberships[to]
    tables = [pl.DataFrame(schema=_FATES)]
    for vintage in territories["vintage"].unique().sort().to_list():
        if vintage != to:
            codes = territories.filter(pl.col("vintage") == vintage)["territory"].sort().to_list()
            old = memberships.get(vintage, current if _same(vintage, to) else None)
            found = _fates(codes, movements.passage(vintage, to), old, current)
            tables.append(found.with_columns(vintage=pl.lit(vintage, pl.Int16)).select(list(_FATES)))
    return pl.concat(tables)


def moved(rows: LazyTable, columns: Sequence[str], measures: pl.DataFrame) -> tuple[LazyTable, LazyTable, LazyTable]:
    """Rows joined with their fates, on the engine that holds them: those that stand alone, merged ones, the report.

    Where there is no fate, a row stays as it is. ``columns`` are those of observations, which the first two have.
    """
    outcome, note = nw.col("outcome"), nw.col("note")
    report = rows.filter(~outcome.is_null()).group_by("vintage", "level", "territory", "successor", "outcome")
    counted = report.agg(rows=nw.len()).select(*REPORT)
    following = rows.filter((outcome != Outcome.GONE.value).fill_null(True)).with_columns(
        territory=nw.coalesce(nw.col("successor"), nw.col("territory"))
    )
    several = outcome.is_in([Outcome.MERGED.value, Outcome.SPLIT.value]).fill_null(False)
    is_split = (outcome == Outcome.SPLIT.value).fill_null(False)
    merged = merge(following.filter(several), measures, lost=is_split)
    changed = (outcome == Outcome.PERIMETER_CHANGED.value).fill_null(False)
    unverified = (outcome == Outcome.PERIMETER_UNVERIFIED.value).fill_null(False)
    lost = changed & (~nw.col("value").is_null() | ~nw.col("numerator").is_null())
    flagged = unverified & (note != ReasonCode.NOT_CARRIED.value).fill_null(True)
    unverified_note = nw.when(flagged).then(nw.lit(ReasonCode.PERIMETER_UNVERIFIED.value)).otherwise(note)
    alone = following.filter(~several).with_columns(
        *(nw.when(~changed).then(nw.col(name)).alias(name) for name in ("value", "numerator", "denominator")),
        obs_status=nw.when(lost).then(nw.lit(ObsStatus.MISSING.value)).otherwise(nw.col("obs_status")),
        note=nw.when(lost).then(nw.lit(ReasonCode.NOT_CARRIED.value)).otherwise(unverified_note),
    )
    return alone.select(*columns), merged.select(*columns), counted


def _same(vintage: int, to: int) -> bool:
    return all(year in SAME_AS_NEXT for year in range(min(vintage, to), max(vintage, to)))


_FATES = {"territory": pl.String, "vintage": pl.Int16, "successor": pl.String, "outcome": pl.String, "parts": pl.Int64}
_ORDER = ("territory", "indicator", "period", "source", "value", "numerator")


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
    schema = {name: kind for name, kind in _FATES.items() if name != "vintage"}
    return pl.DataFrame(rows, schema=schema, orient="row")


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
