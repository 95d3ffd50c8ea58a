"""Figures of communes put together for larger territories as a lazy table, on the engine that holds them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

import narwhals as nw
import polars as pl

from odd17.core.kernel import DataError, ObsStatus, ReasonCode
from odd17.core.kernel.engines import beside, collected, lazy_table
from odd17.core.territories.levels import Level

from .choose import need_column
from .observations import OBSERVATIONS
from .recombine import COMPLETE, PERIMETERS
from .sums import sums_of

_KEYS = ("territory", "level", "vintage", "indicator", "period")


def recombined(
    observations: Any,
    *,
    within: pl.DataFrame,
    counts: Collection[str] = (),
    ratios: Mapping[str, float] | None = None,
    outside: Collection[str] = (),
    complete: float = COMPLETE,
) -> Any:
    """Lazily, the figures of the territories of ``within``, put together from those of their communes.

    ``observations`` is a ``LazyFrame`` of Polars or a ``DataFrame`` of PySpark with the columns of a release's table,
    of one vintage; the answer is of the same kind and has the same columns. ``counts`` are summed; ``ratios`` are the
    sum of numerators over that of denominators, times the factor given for each; other indicators are left out, for
    nothing true can be made of them. ``within``, held here, tells the communes of each territory (``code``,
    ``territory`` such as ``EPCI-200069193``, ``weight``: their people); those of ``outside`` are not expected. What
    makes a figure absent, and the statuses, are those of the product's own sums (``recombine``). Rows come in no order.
    Raises DataError for an absent column or several vintages, which is read once, when it is called.

    >>> within = pl.DataFrame({"code": ["01", "02"], "territory": ["EPCI-1"] * 2, "weight": [90.0, 10.0]})
    >>> row = {"level": "COM", "vintage": 2026, "indicator": "rate", "period": "2023", "obs_status": "A",
    ...     "conf_status": "F", "source": "made up"}
    >>> rows = pl.DataFrame([row | {"territory": "COM-01", "numerator": 9.0, "denominator": 90.0},
    ...     row | {"territory": "COM-02", "numerator": 3.0, "denominator": 10.0}], schema=OBSERVATIONS)
    >>> recombined(rows.lazy(), within=within, ratios={"rate": 100.0}).select("territory", "value").collect().row(0)
    ('EPCI-1', 12.0)
    """
    table = lazy_table(observations)
    for names, needed in ((table.collect_schema().names(), OBSERVATIONS), (within.columns, PERIMETERS)):
        for name in needed:
            need_column(name, names)
    factors = {**dict.fromkeys(counts, 1.0), **(ratios or {})}
    measures = pl.DataFrame(
        {
            "indicator": list(factors),
            "factor": list(factors.values()),
            "is_count": [code in counts for code in factors],
        },
        schema={"indicator": pl.String, "factor": pl.Float64, "is_count": pl.Boolean},
    )
    prefix = f"{Level.COMMUNE.value}-"
    of_communes = table.filter(nw.col("level") == Level.COMMUNE.value).join(
        beside(measures, table), on="indicator", how="inner"
    )
    vintage = nw.col("vintage")
    least, most = collected(of_communes.select(least=vintage.min(), most=vintage.max())).row(0)
    if least != most:
        raise DataError(
            "observations of several vintages", column="vintage", value=(least, most), remedy="carry them to one first"
        )
    note = nw.col("note")
    not_carried = (note == ReasonCode.NOT_CARRIED.value).fill_null(False)
    parts = of_communes.select(
        "indicator", "period", "denominator", "obs_status", "conf_status", "source", "is_count",
        vintage.cast(nw.Int16),
        code=nw.col("territory").str.slice(len(prefix)),
        numerator=nw.when(nw.col("is_count")).then(nw.col("value")).otherwise(nw.col("numerator")),
        not_carried=not_carried,
        other_note=nw.when(~not_carried).then(note),
    )  # fmt: skip
    expected = (
        within.filter(~pl.col("code").is_in(list(outside)))
        .select(*PERIMETERS)
        .with_columns(level=pl.col("territory").str.split("-").list.first())
    )
    sums = sums_of(
        parts,
        beside(expected, table),
        by=_KEYS,
        complete=complete,
        source=nw.col("source").min(),
        not_carried=nw.col("not_carried").any(),
        other_note=nw.col("other_note").min(),
    )
    numerator, denominator = nw.col("numerator"), nw.col("denominator")
    scaled = sums.join(beside(measures, table), on="indicator", how="left").with_columns(
        value=nw.when(nw.col("is_count"))
        .then(numerator)
        .otherwise(nw.when(denominator > 0).then(nw.col("factor") * numerator / denominator)),
        obs_status=nw.when((denominator == 0).fill_null(False))
        .then(nw.lit(ObsStatus.CANNOT_EXIST.value))
        .otherwise(nw.col("obs_status")),
        numerator=nw.when(~nw.col("is_count")).then(numerator),
        note=nw.when(nw.col("not_carried").fill_null(False))
        .then(nw.lit(ReasonCode.NOT_CARRIED.value))
        .otherwise(nw.col("other_note")),
    )
    return scaled.select(*OBSERVATIONS).to_native()
