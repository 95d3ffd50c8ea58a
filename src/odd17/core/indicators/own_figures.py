"""The figures of perimeters of one's own, put together from those of their communes."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from odd17.core.kernel import ReasonCode
from odd17.core.territories.cog import Cog
from odd17.core.territories.levels import Level

from .indicator import Indicator
from .observations import OBSERVATIONS
from .recombine import recombine


def own_figures(observations: pl.LazyFrame, indicators: Mapping[str, Indicator], cog: Cog) -> pl.DataFrame:
    """The observations of every territory of level ``TER`` of ``cog``, made from those of its communes.

    ``observations`` and the table returned have the columns of ``OBSERVATIONS``. A count is the sum of its communes'; a
    ratio is the sum of its numerators over that of its denominators, times its factor (see ``recombine``); an indicator
    that is neither is left out, for nothing true can be made of it. A period has a row where one commune has one. The
    note is one of the communes' (that a part was not carried, before any other).
    """
    people = cog.table.select(
        pl.col("code"), pl.col("level"), weight=pl.col("population").cast(pl.Float64).fill_null(0)
    )
    communes = people.filter(pl.col("level") == Level.COMMUNE.value).select("code", "weight")
    within = cog.own_memberships.rename({"commune": "code"}).join(communes, on="code", how="left")
    wanted = [f"{Level.COMMUNE.value}-{code}" for code in within["code"].unique().sort()]
    own = observations.filter((pl.col("level") == Level.COMMUNE.value) & pl.col("territory").is_in(wanted)).collect()
    tables = [pl.DataFrame(schema=OBSERVATIONS)]
    for id in own["indicator"].unique().sort():
        indicator = indicators[id]
        if indicator.is_count or (indicator.numerator is not None and indicator.denominator is not None):
            rows = own.filter(pl.col("indicator") == id)
            tables.append(_figures(rows, within, indicator).with_columns(vintage=pl.lit(cog.vintage, pl.Int16)))
    return pl.concat([table.select(list(OBSERVATIONS)) for table in tables])


def _figures(rows: pl.DataFrame, within: pl.DataFrame, indicator: Indicator) -> pl.DataFrame:
    parts = rows.select(
        "period",
        "obs_status",
        "conf_status",
        "note",
        "source",
        code=pl.col("territory").str.strip_prefix(f"{Level.COMMUNE.value}-"),
        numerator="value" if indicator.is_count else "numerator",
        denominator="denominator",
    )
    not_carried = ReasonCode.NOT_CARRIED.value
    told = (
        within.join(parts, on="code")
        .group_by("territory", "period")
        .agg(
            source=pl.col("source").min(),
            note=pl.when((pl.col("note") == not_carried).any())
            .then(pl.lit(not_carried))
            .otherwise(pl.col("note").drop_nulls().min()),
        )
    )
    sums = recombine(parts.drop("note", "source"), within, is_count=indicator.is_count)
    value = pl.col("numerator")
    if not indicator.is_count:
        value = pl.when(pl.col("denominator") > 0).then(indicator.factor * value / pl.col("denominator"))
    return (
        sums.join(told, on=["territory", "period"])
        .with_columns(
            value=value,
            level=pl.lit(Level.OWN.value),
            indicator=pl.lit(indicator.id),
            **({"numerator": pl.lit(None, pl.Float64)} if indicator.is_count else {}),
        )
        .sort("territory", "period")
    )
