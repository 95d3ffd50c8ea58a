"""How much the population of a territory changed between two censuses, from its counts."""

from __future__ import annotations

import polars as pl

from odd17.core.kernel import ObsStatus, ReasonCode

POPULATION_CHANGE = "population_change"
"""The indicator's id."""


def population_change(populations: pl.LazyFrame, first: str, last: str) -> pl.LazyFrame:
    """The change from the census of the year ``first`` to that of ``last``, in percent, one row a territory.

    ``populations`` has the columns of ``odd17.core.territories.POPULATIONS``. Returned: ``territory``, ``period``
    (``first/last``), ``value``, ``numerator`` (people gained), ``denominator`` (people at first), ``obs_status``,
    ``note``. A change is as reserved as the less sure of its two counts, and says the same of itself. It has no value
    where a count could not be carried (``not_carried``), where one was never made (``no_figure_here``), or where nobody
    lived there at first (not applicable).

    >>> counts = pl.LazyFrame({"territory": ["A", "A"], "period": ["2019", "2023"], "population": [200, 210],
    ...     "obs_status": ["A", "A"], "note": [None, None]}, schema_overrides={"note": pl.String})
    >>> population_change(counts, "2019", "2023").collect().row(0)
    ('A', '2019/2023', 5.0, 10.0, 200.0, 'A', None)
    """
    counted = populations.select("territory", "period", pl.col("population").cast(pl.Float64), "obs_status", "note")
    before, after = (counted.filter(pl.col("period") == period).drop("period") for period in (first, last))
    paired = (
        populations.select("territory")
        .unique(maintain_order=True)
        .join(before, on="territory", how="left", maintain_order="left")
        .join(after, on="territory", how="left", suffix="_after", maintain_order="left")
    )
    gained = pl.col("population_after") - pl.col("population")
    is_there = pl.col("population").is_not_null() & pl.col("population_after").is_not_null()
    is_made = pl.col("obs_status").is_not_null() & pl.col("obs_status_after").is_not_null()
    normal = pl.lit(ObsStatus.NORMAL.value)
    reserved = pl.when(pl.col("obs_status") == normal).then("obs_status_after").otherwise("obs_status")
    has_value = is_there & (pl.col("population") > 0)
    return paired.select(
        "territory",
        period=pl.lit(f"{first}/{last}"),
        value=pl.when(has_value).then(100 * gained / pl.col("population")),
        numerator=pl.when(is_there).then(gained),
        denominator=pl.when(is_there).then("population"),
        obs_status=pl.when(has_value)
        .then(reserved)
        .when(is_there)
        .then(pl.lit(ObsStatus.CANNOT_EXIST.value))
        .when(is_made)
        .then(pl.lit(ObsStatus.MISSING.value))
        .otherwise(pl.lit(ObsStatus.NOT_COLLECTED.value)),
        note=pl.when(is_made)
        .then(pl.coalesce("note", "note_after"))
        .otherwise(pl.lit(ReasonCode.NO_FIGURE_HERE.value)),
    )
