"""Parts of one ratio whose sources have the communes of different years, or of years unknown, brought to those of one.

A source that does not say of which year its codes are may mix several, as registers do. A code that is that of no
commune any more tells by itself where its rows belong: to the commune that holds the former one today. They are added
there, which is right whether or not the other rows of that commune are older too.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from odd17.core.territories import Cog, Level, Movements, carry

from .observations import OBSERVATIONS
from .recipe import COG, Recipe, Term
from .source import Source
from .source_table import CODE, CONF_STATUS, LEVEL, OBS_STATUS, PERIOD
from .term import KEY, PARTS, summed


@dataclass(frozen=True, slots=True)
class _Sum:
    """A part, which adds up."""

    is_count: bool = True
    numerator: None = None
    denominator: None = None
    factor: float = 1.0


def is_mixed(recipe: Recipe, sources: Mapping[str, Source], cog: Cog) -> bool:
    """Whether the parts of ``recipe`` are of different years of the COG; unknown ones were followed to its own.

    Not where a source leaves zeros out: a commune without row would then look like one that is missing.
    """
    described = [sources[term.source] for term in recipe.terms if term.source != COG]
    years = {source.geography.vintage or cog.vintage for source in described}
    years |= {cog.vintage} if any(term.source == COG for term in recipe.terms) else set()
    return len(years) > 1 and not any(source.absent_is_zero for source in described)


def followed(
    drawn: Mapping[Term, pl.DataFrame], sources: Mapping[str, Source], former: pl.DataFrame
) -> dict[Term, pl.DataFrame]:
    """``drawn`` (columns ``PARTS`` each), the rows of former communes added to those of the commune that holds them.

    Only where the source does not know the year of its codes. ``former`` has the columns of ``FORMER_COMMUNES``. A sum
    of which a part has no value has none, with the most reserved status of its parts.
    """
    holders = former.select(pl.col("code").alias(CODE), holder="commune")
    return {
        term: table if sources[term.source].geography.vintage is not None else _folded(table, holders)
        for term, table in drawn.items()
    }


def _folded(table: pl.DataFrame, holders: pl.DataFrame) -> pl.DataFrame:
    is_commune = pl.col(LEVEL) == Level.COMMUNE.value
    joined = table.join(holders, on=CODE, how="left", maintain_order="left")
    moved = joined.filter(is_commune & pl.col("holder").is_not_null())
    if moved.is_empty():
        return table
    touched = moved.select(LEVEL, pl.col("holder").alias(CODE), PERIOD).unique()
    parts = joined.with_columns(pl.when(is_commune).then(pl.coalesce("holder", CODE)).otherwise(CODE).alias(CODE))
    return pl.concat(
        [
            parts.join(touched, on=KEY, how="anti").select(list(PARTS)),
            summed(parts.join(touched, on=KEY, how="semi").select(list(PARTS))),
        ]
    ).sort(*KEY)


def brought(
    drawn: Mapping[Term, pl.DataFrame], sources: Mapping[str, Source], cog: Cog, movements: Movements
) -> tuple[dict[Term, pl.DataFrame], pl.DataFrame]:
    """``drawn`` (columns ``PARTS`` each) in the communes of ``cog``, and what is to be noted of a commune and period.

    Those of unknown years, which ``followed`` brought as far as they tell, stay as they are.
    A commune that absorbed others has their sum, one that was split has none. The notes have ``territory``, ``period``
    and ``note``.
    """
    moved: dict[Term, pl.DataFrame] = {}
    notes: list[pl.DataFrame] = []
    for term, table in drawn.items():
        if sources[term.source].geography.vintage is None:
            moved[term] = table
            continue
        rows = table.select(
            territory=pl.concat_str(LEVEL, pl.lit("-"), CODE),
            level=LEVEL,
            vintage=pl.lit(sources[term.source].geography.vintage),
            indicator=pl.lit("part"),
            period=PERIOD,
            value="value",
            numerator=pl.lit(None),
            denominator=pl.lit(None),
            obs_status=OBS_STATUS,
            conf_status=CONF_STATUS,
            source=pl.lit(term.source),
            note=pl.lit(None),
        ).select(pl.col(name).cast(dtype) for name, dtype in OBSERVATIONS.items())
        carried = carry(
            rows,
            to=cog.vintage,
            indicators={"part": _Sum()},
            memberships={cog.vintage: cog.memberships},
            movements=movements,
        ).observations
        notes.append(carried.filter(pl.col("note").is_not_null()).select("territory", "period", "note"))
        moved[term] = carried.select(
            pl.col("level").alias(LEVEL),
            pl.col("territory").str.split("-").list.last().alias(CODE),
            pl.col("period").alias(PERIOD),
            "value",
            pl.col("obs_status").alias(OBS_STATUS),
            pl.col("conf_status").alias(CONF_STATUS),
        ).select(pl.col(name).cast(dtype) for name, dtype in PARTS.items())
    if not notes:
        return moved, pl.DataFrame(schema={"territory": pl.String, "period": pl.String, "note": pl.String})
    return moved, pl.concat(notes).unique(["territory", "period"], keep="first", maintain_order=True)
