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
    that is neither is left out, for nothing true can be made of it. Where an indicator has no figure of any commune,
    that of a perimeter made of whole EPCI is put together from theirs. A period has a row where one part has one. The
    note is one of the parts' (that a part was not carried, before any other).
    """
    tables = [pl.DataFrame(schema=OBSERVATIONS)]
    done: set[str] = set()
    for level, within in ((Level.COMMUNE, _communes(cog)), (Level.EPCI, _whole_epci(cog))):
        wanted = [f"{level.value}-{code}" for code in within["code"].unique().sort()]
        parts = observations.filter((pl.col("level") == level.value) & pl.col("territory").is_in(wanted)).collect()
        for id in parts["indicator"].unique().sort():
            indicator = indicators[id]
            rows = parts.filter(pl.col("indicator") == id)
            is_ratio = indicator.numerator is not None and indicator.denominator is not None
            if level is Level.EPCI and rows["numerator"].count() == 0:
                is_ratio = False  # published as a rate, without its parts
            if id not in done and (indicator.is_count or is_ratio):
                made = _figures(rows, within, indicator, level)
                tables.append(made.with_columns(vintage=pl.lit(cog.vintage, pl.Int16)))
        if level is Level.COMMUNE:
            at_communes = observations.filter(pl.col("level") == level.value).select(pl.col("indicator").unique())
            done = set(at_communes.collect()["indicator"])
    return pl.concat([table.select(list(OBSERVATIONS)) for table in tables])


def _communes(cog: Cog) -> pl.DataFrame:
    """The communes of each perimeter: columns ``recombine.PERIMETERS``."""
    return cog.own_memberships.select("territory", code="commune").join(
        _people(cog, Level.COMMUNE), on="code", how="left"
    )


def _whole_epci(cog: Cog) -> pl.DataFrame:
    """The EPCI of each perimeter that is made of whole EPCI: columns ``recombine.PERIMETERS``."""
    of_communes = cog.memberships.select("commune", "epci")
    sizes = of_communes.group_by("epci").agg(size=pl.len())
    held = (
        cog.own_memberships.select("territory", "commune")
        .join(of_communes, on="commune", how="left")
        .group_by("territory", "epci")
        .agg(held=pl.len())
        .join(sizes, on="epci", how="left")
        .with_columns(is_whole=(pl.col("held") == pl.col("size")).fill_null(False).all().over("territory"))
    )
    whole = held.filter("is_whole").select("territory", code="epci")
    return whole.join(_people(cog, Level.EPCI), on="code", how="left").sort("territory", "code")


def _people(cog: Cog, level: Level) -> pl.DataFrame:
    population = pl.col("population").cast(pl.Float64).fill_null(0)
    return cog.table.filter(pl.col("level") == level.value).select("code", weight=population)


def _figures(rows: pl.DataFrame, within: pl.DataFrame, indicator: Indicator, level: Level) -> pl.DataFrame:
    parts = rows.select(
        "period",
        "obs_status",
        "conf_status",
        "note",
        "source",
        code=pl.col("territory").str.strip_prefix(f"{level.value}-"),
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
