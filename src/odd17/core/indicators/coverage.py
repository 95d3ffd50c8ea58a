"""How much of each level a recipe gave figures for, and the refusal of what covers too little."""

from __future__ import annotations

from collections.abc import Collection

import polars as pl

from odd17.core.kernel import DataError, Message, Period
from odd17.core.territories import Cog, Level

from .recipe import Recipe
from .source import Source
from .source_table import CODE, LEVEL, PERIOD
from .term import KEY

COVERAGE: dict[str, type[pl.DataType] | pl.DataType] = {
    "level": pl.String,
    "period": pl.String,
    "expected": pl.Int64,  # territories of the level that the source covers
    "rows": pl.Int64,  # of them, those that have a row
    "values": pl.Int64,  # and those that have a figure
    "strangers": pl.Int64,  # codes read that no territory has
}
"""Columns of the account of what a recipe gave."""


def judge(
    made: pl.DataFrame, drawn: pl.DataFrame, levels: Collection[Level], source: Source, recipe: Recipe, cog: Cog
) -> pl.DataFrame:
    """The account of ``made`` at ``levels`` in its newest period (columns ``COVERAGE``).

    ``drawn`` is what was read of the source, ``made`` the observations. Raises DataError where a level has fewer rows
    than ``recipe`` asks for, or where more than one in twenty of the codes read is of no territory.
    """
    newest = max(made["period"].unique(), key=Period.parse)
    outside = list(source.geography.outside)
    gone = [*cog.memberships.filter(pl.col("departement").is_in(outside))["commune"], *outside]
    rows = []
    for level in sorted(levels):
        known = cog.table.filter((pl.col("level") == level) & ~pl.col("code").is_in(gone))["id"]
        own = made.filter((pl.col("level") == level) & (pl.col("period") == newest))
        there = own.filter(pl.col("territory").is_in(known.implode()))
        read = drawn.filter((pl.col(LEVEL) == level) & (pl.col(PERIOD) == newest))[CODE].n_unique()
        ids = cog.table.filter(pl.col("level") == level)["id"]
        strangers = own.filter(~pl.col("territory").is_in(ids.implode())).height
        rows.append((level, newest, len(known), there.height, there["value"].count(), strangers))
        if strangers > 0.05 * max(read, 1):
            first = own.filter(~pl.col("territory").is_in(ids.implode()))["territory"].sort()[0]
            raise DataError(
                Message(
                    "{strangers} of {read} codes are of no territory of level {level}",
                    strangers=strangers, read=read, level=level,
                ),
                file=source.id, value=first,
                remedy="the codes are of another vintage, or lost their zeros: correct the description of the source",
            )  # fmt: skip
        if there.height < recipe.promised(level) * len(known):
            raise DataError(
                Message(
                    "the source has {there} of {known} territories of level {level}, under {promised:.0%}",
                    there=there.height, known=len(known), level=level, promised=recipe.promised(level),
                ),
                file=source.id, column=level,
                remedy="the file is not whole, or its codes changed: look at it before anything is kept",
            )  # fmt: skip
    return pl.DataFrame(rows, schema=COVERAGE, orient="row")


def judge_other(table: pl.DataFrame, keys: pl.DataFrame, source: Source, recipe: Recipe, cog: Cog) -> None:
    """Refuse a second source of a ratio, read as ``table``, that lacks too many of the communes of ``keys``.

    Both have the columns ``KEY``; the newest period of ``keys`` is judged, without the communes that are of no
    territory or that ``source`` does not cover. Raises DataError under the share that ``recipe`` asks for.
    """
    newest = max(keys[PERIOD].unique(), key=Period.parse)
    outside = list(source.geography.outside)
    known = cog.memberships.filter(~pl.col("departement").is_in(outside))["commune"]
    expected = keys.filter((pl.col(PERIOD) == newest) & pl.col(CODE).is_in(known.implode()))
    there = expected.join(table, on=KEY, how="semi").height
    promised = recipe.promised(Level.COMMUNE)
    if there < promised * expected.height:
        raise DataError(
            Message(
                "the source has {there} of the {expected} communes that it is to be set against, under {promised:.0%}",
                there=there, expected=expected.height, promised=promised,
            ),
            file=source.id, column=Level.COMMUNE.value,
            remedy="the file is not whole, or its codes changed: look at it before anything is kept",
        )  # fmt: skip
