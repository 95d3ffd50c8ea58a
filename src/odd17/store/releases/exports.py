"""The figures of a level as one table that stands alone: names, units, periods, statuses, source and citation."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from odd17.core.indicators.indicator import Indicator
from odd17.core.kernel import FICTITIOUS_DATA, Provenance, in_language, is_fictitious
from odd17.core.territories.cog import Cog

from .ordered import coded_like

EXPORT_COLUMNS = (
    "territory", "territory_name", "level", "vintage", "indicator", "indicator_name_fr", "indicator_name_en", "domain",
    "unit", "period", "value", "numerator", "denominator", "obs_status", "conf_status", "note", "source", "producer",
    "citation", "licence_fr", "licence_en", "release",
)  # fmt: skip
"""The columns of an export, in order; codes and numbers are raw, statuses are SDMX codes."""


def export_table(
    observations: pl.DataFrame,
    level: str,
    *,
    cog: Cog,
    indicators: Mapping[str, Indicator],
    sources: Mapping[str, Provenance],
    release: str,
    guarded: bool,
) -> pl.LazyFrame:
    """The rows of ``observations`` at ``level`` with all that a reader needs beside them, in the same order.

    ``observations`` comes from ``ordered``, and texts are Enum here too. ``guarded``: text that a spreadsheet would run
    as a formula gets an apostrophe before it. A release of made-up studies has a first column that says so.
    """
    names = cog.table.filter(pl.col("level") == level).select(territory="id", territory_name="name")
    meanings = pl.DataFrame(
        [
            (item.id, item.name.fr, item.name.en, item.domain, item.unit.value)
            for item in sorted(indicators.values(), key=lambda item: item.id)
        ],
        schema=dict.fromkeys(("indicator", "indicator_name_fr", "indicator_name_en", "domain", "unit"), pl.String),
        orient="row",
    )
    origins = pl.DataFrame(
        [
            (id, item.producer, item.citation, *(in_language(item.licence, language) for language in ("fr", "en")))
            for id, item in sorted(sources.items())
        ],
        schema=dict.fromkeys(("source", "producer", "citation", "licence_fr", "licence_en"), pl.String),
        orient="row",
    )
    rows = observations.lazy().filter(pl.col("level") == level)
    for table, key in ((names, "territory"), (meanings, "indicator"), (origins, "source")):
        beside = table.with_columns(_guard(pl.exclude(key))) if guarded else table
        coded = coded_like(beside, key, observations.schema[key])
        rows = rows.join(coded.lazy(), on=key, how="left", maintain_order="left")
    named = rows.with_columns(release=pl.lit(release, pl.Enum([release]))).select(EXPORT_COLUMNS)
    if not is_fictitious(release):
        return named
    mark = f"{FICTITIOUS_DATA.fr} / {FICTITIOUS_DATA.en}"
    return named.select(pl.lit(mark, pl.Enum([mark])).alias("fictitious"), pl.all())


def _guard(text: pl.Expr) -> pl.Expr:
    return pl.when(text.str.contains(r"^[=+\-@\t\r]")).then("'" + text).otherwise(text).name.keep()
