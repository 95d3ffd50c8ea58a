"""The tidy table of observations: one row a territory, indicator and period."""

from __future__ import annotations

import polars as pl

OBSERVATIONS: dict[str, type[pl.DataType] | pl.DataType] = {
    "territory": pl.String,  # identifier: REG-53
    "level": pl.String,  # its prefix, so that a level is read without the others
    "vintage": pl.Int16,  # year of the COG that the code belongs to
    "indicator": pl.String,
    "period": pl.String,  # 2019, 2019-Q1, 2014/2019
    "value": pl.Float64,  # null where there is none; never NaN nor infinite
    "numerator": pl.Float64,
    "denominator": pl.Float64,
    "obs_status": pl.String,  # SDMX CL_OBS_STATUS
    "conf_status": pl.String,  # SDMX CL_CONF_STATUS
    "source": pl.String,  # id of the dataset it was read from
    "note": pl.String,  # a ReasonCode that qualifies the row, or null
}
"""Column names and types, in the order in which they are written."""

OBSERVATION_KEY = ("territory", "vintage", "indicator", "period")
"""No two rows of a release share these."""


def empty_observations() -> pl.DataFrame:
    """An observations table with no row.

    >>> empty_observations().columns[:3]
    ['territory', 'level', 'vintage']
    """
    return pl.DataFrame(schema=OBSERVATIONS)
