"""Observations carried between vintages as a lazy table, on the engine that holds them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

import narwhals as nw
import polars as pl

from odd17.core.kernel import DataError, Message
from odd17.core.kernel.engines import beside, collected, lazy_table

from .carry import fates_of, moved
from .merge import measures_from
from .movements import NO_MOVEMENTS, Movements

_READ = (
    "territory", "level", "vintage", "indicator", "period", "value", "numerator", "denominator", "obs_status",
    "conf_status", "source", "note",
)  # fmt: skip
_KEYS = ("territory", "vintage")


@dataclass(frozen=True, eq=False)
class LazilyCarried:
    """Lazy tables of the engine of the observations: those, of one vintage, and the report (columns ``REPORT``)."""

    observations: Any
    report: Any


def carried(
    observations: Any,
    *,
    to: int,
    memberships: Mapping[int, pl.DataFrame],
    movements: Movements = NO_MOVEMENTS,
    counts: Collection[str] = (),
    ratios: Mapping[str, float] | None = None,
) -> LazilyCarried:
    """The ``observations`` in the vintage of the year ``to``, as ``carry`` gives them, on the engine that holds them.

    ``observations`` is a ``LazyFrame`` of Polars or a ``DataFrame`` of PySpark with the columns of a release's table.
    Where communes merged, ``counts`` are summed and ``ratios`` recomputed from their parts, times the factor given for
    each; other indicators are then not carried. ``memberships`` and ``movements`` are those of ``carry``, held here.
    The codes that occur are read once, when it is called; rows come in no order. Raises DataError for an absent column
    or a row without vintage, KeyError where the memberships of ``to`` are absent.
    """
    table = lazy_table(observations)
    names = table.collect_schema().names()
    for name in _READ:
        if name not in names:
            raise DataError("no such column", column=name, remedy=Message("known: {columns}", columns=names))
    rows = table.select(*_READ).with_columns(nw.col("vintage").cast(nw.Int16))
    territories = collected(rows.group_by(*_KEYS).agg(rows=nw.len())).select(_KEYS)
    if territories["vintage"].null_count():
        raise DataError(
            "an observation has no vintage: nothing tells which territories its codes are",
            column="vintage",
            remedy="give the year of its codes",
        )
    fates = fates_of(territories, to, memberships, movements)
    joined = rows.join(beside(fates, rows), on=list(_KEYS), how="left")
    alone, merged, report = moved(joined, _READ, measures_from(counts, ratios or {}))
    one = nw.concat([alone, merged], how="vertical").with_columns(nw.lit(to, dtype=nw.Int16).alias("vintage"))
    return LazilyCarried(one.to_native(), report.to_native())
