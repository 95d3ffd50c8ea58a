"""From the tidy table of observations to one row a territory and one column an indicator."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import polars as pl


def value_matrix(observations: pl.LazyFrame, territories: pl.Series, periods: Mapping[str, str]) -> pl.DataFrame:
    """The values of some indicators, each in its period: ``territory``, then one column an indicator, null where none.

    Rows follow ``territories`` (each once) and columns ``periods``, a period for each indicator; observations of other
    territories, indicators and periods are left out.
    """
    names = list(periods)
    matrix = np.full((len(territories), len(names)), np.nan)
    if names:
        long = (
            observations.filter(pl.col("value").is_not_null(), pl.col("indicator").is_in(names))
            .select(
                row=pl.col("territory").cast(pl.Enum(territories), strict=False).to_physical(),
                column=pl.col("indicator").cast(pl.Enum(names)).to_physical(),
                kept=pl.col("period") == pl.col("indicator").replace_strict(periods, return_dtype=pl.String),
                value="value",
            )
            .filter("kept", pl.col("row").is_not_null())
            .collect()
        )
        matrix[long["row"].to_numpy(), long["column"].to_numpy()] = long["value"].to_numpy()
    columns = [pl.Series(name, matrix[:, at], nan_to_null=True) for at, name in enumerate(names)]
    return pl.DataFrame([territories.alias("territory"), *columns])
