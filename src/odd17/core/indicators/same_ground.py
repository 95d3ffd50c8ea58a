"""Parts of one ratio whose sources have the communes of different years, brought to those of one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from odd17.core.territories import Cog, Movements, carry

from .observations import OBSERVATIONS
from .recipe import COG, Recipe, Term
from .source import Source
from .source_table import CODE, CONF_STATUS, LEVEL, OBS_STATUS, PERIOD
from .term import PARTS


@dataclass(frozen=True, slots=True)
class _Sum:
    """A part, which adds up."""

    is_count: bool = True
    numerator: None = None
    denominator: None = None
    factor: float = 1.0


def is_mixed(recipe: Recipe, sources: Mapping[str, Source], cog: Cog) -> bool:
    """Whether the parts of ``recipe`` are of different, known years of the COG.

    Not where a source leaves zeros out: a commune without row would then look like one that is missing.
    """
    described = [sources[term.source] for term in recipe.terms if term.source != COG]
    years = {source.geography.vintage for source in described}
    years |= {cog.vintage} if any(term.source == COG for term in recipe.terms) else set()
    return len(years) > 1 and None not in years and not any(source.absent_is_zero for source in described)


def brought(
    drawn: Mapping[Term, pl.DataFrame], sources: Mapping[str, Source], cog: Cog, movements: Movements
) -> tuple[dict[Term, pl.DataFrame], pl.DataFrame]:
    """``drawn`` (columns ``PARTS`` each) in the communes of ``cog``, and what is to be noted of a commune and period.

    A commune that absorbed others has their sum, one that was split has none. The notes have ``territory``, ``period``
    and ``note``.
    """
    moved: dict[Term, pl.DataFrame] = {}
    notes: list[pl.DataFrame] = []
    for term, table in drawn.items():
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
    return moved, pl.concat(notes).unique(["territory", "period"], keep="first", maintain_order=True)
