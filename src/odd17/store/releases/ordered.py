"""Observations in the order of a release's file, held small: each text is kept once, and rows point to it."""

from __future__ import annotations

import polars as pl

from . import layout


def ordered(observations: pl.LazyFrame) -> pl.DataFrame:
    """The rows sorted by level, territory, indicator, period and vintage, their text columns as Enum.

    3.5 million rows take 125 MB so, and sort as whole numbers; as text they would take 600 MB, and sorting twice that.
    """
    schema = observations.collect_schema()
    names = [name for name, dtype in schema.items() if dtype == pl.String]
    texts = observations.select(pl.col(names).unique().implode()).collect()
    coded = observations.with_columns(pl.col(name).cast(pl.Enum(_words(texts[name].item()))) for name in names)
    return coded.collect(engine="streaming").sort(
        # Categories are in alphabetical order, so that their numbers sort as the texts do.
        *(pl.col(name).to_physical() if name in names else pl.col(name) for name in layout.OBSERVATION_ORDER)
    )


def as_text(table: pl.DataFrame | pl.LazyFrame) -> pl.LazyFrame:
    """``table`` with its Enum columns as text again."""
    return table.lazy().with_columns(pl.col(pl.Enum).cast(pl.String))


def coded_like(table: pl.DataFrame, key: str, dtype: pl.DataType) -> pl.DataFrame:
    """``table`` with its text columns as Enum, ``key`` as ``dtype``; a row whose key ``dtype`` lacks is left out."""
    own = [name for name in table.columns if name != key]
    kept = table.with_columns(pl.col(key).cast(dtype, strict=False)).drop_nulls(key)
    return kept.with_columns(pl.col(name).cast(pl.Enum(_words(kept[name]))) for name in own)


def _words(texts: pl.Series) -> pl.Series:
    return texts.drop_nulls().unique().sort()
