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
    names, codes = list(periods), sorted(set(periods.values()))
    # positions by enumeration: several times faster than joins or comparisons of text over millions of rows
    long = (
        observations.select(
            row=_position("territory", territories),
            column=_position("indicator", pl.Series(names, dtype=pl.String)),
            period=_position("period", pl.Series(codes, dtype=pl.String)),
            value="value",
        )
        .drop_nulls()
        .collect()
    )
    row, column = long["row"].to_numpy(), long["column"].to_numpy()
    wanted = np.array([codes.index(period) for period in periods.values()], dtype=np.int64)
    kept = wanted[column] == long["period"].to_numpy()
    matrix = np.full((len(territories), len(names)), np.nan)
    matrix[row[kept], column[kept]] = long["value"].to_numpy()[kept]
    columns = [pl.Series(name, matrix[:, at], nan_to_null=True) for at, name in enumerate(names)]
    return pl.DataFrame([territories.alias("territory"), *columns])


def _position(column: str, values: pl.Series) -> pl.Expr:
    return pl.col(column).cast(pl.Enum(values), strict=False).to_physical()
