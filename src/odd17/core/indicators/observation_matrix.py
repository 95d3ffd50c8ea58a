"""From the tidy table of observations to one row a territory and one column an indicator, on any engine."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import narwhals as nw

from odd17.core.kernel import DataError, UsageError
from odd17.core.kernel.engines import collected, lazy_table, pivoted

from .choose import need_column


def observation_matrix(observations: Any, *, level: str, periods: Mapping[str, str]) -> Any:
    """Lazily, the values of some indicators at a level, each in its period: ``territory``, then a column an indicator.

    ``observations`` is a ``LazyFrame`` of Polars or a ``DataFrame`` of PySpark with the columns of a release's table,
    of one vintage and without repeated keys, as in a release; the answer is of the same kind. ``periods`` gives the
    period of each indicator. Territories without a row in any of them are left out; rows come in no order. Raises
    DataError for an absent column or several vintages, which is read once, when it is called.

    >>> import polars as pl
    >>> observations = pl.LazyFrame({"territory": ["DEP-01", "DEP-01"], "level": ["DEP"] * 2, "vintage": [2026] * 2,
    ...     "indicator": ["jobs", "rent"], "period": ["2023", "2022"], "value": [3.0, 9.0]})
    >>> observation_matrix(observations, level="DEP", periods={"jobs": "2023", "rent": "2022"}).collect().row(0)
    ('DEP-01', 3.0, 9.0)
    """
    if not periods:
        raise UsageError("no indicator: give each one its period, periods={'code': '2023'}")
    table = lazy_table(observations)
    names = table.collect_schema().names()
    for name in ("territory", "level", "vintage", "indicator", "period", "value"):
        need_column(name, names)
    vintage, indicator, period = nw.col("vintage"), nw.col("indicator"), nw.col("period")
    of_level = table.filter(nw.col("level") == level)
    vintages = collected(of_level.select(least=vintage.min(), most=vintage.max())).row(0)
    if vintages[0] != vintages[1]:
        raise DataError(
            "observations of several vintages", column="vintage", value=vintages, remedy="carry them to one first"
        )
    wanted = of_level.filter(indicator.is_in(list(periods)), period.is_in(sorted(set(periods.values()))))
    cells = {code: (indicator == code) & (period == of) for code, of in periods.items()}
    return pivoted(wanted, "territory", cells).to_native()
