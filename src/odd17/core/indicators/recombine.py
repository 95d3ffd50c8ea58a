"""Parts of communes put together for any larger territory: an EPCI, a région, a country, or a perimeter of one's own.

A ratio of a larger territory is the sum of its communes' numerators over the sum of their denominators, never the mean
of their ratios. A commune whose part is secret or missing leaves both its parts out; the result is then marked as
estimated, and refused where the communes that remain hold less than a set share of the territory's people.
"""

from __future__ import annotations

from collections.abc import Collection

import narwhals as nw
import polars as pl

from odd17.core.kernel.engines import collected
from odd17.core.territories.levels import Level

from .sums import sums_of

PERIMETERS: dict[str, type[pl.DataType] | pl.DataType] = {
    "code": pl.String,  # of a commune
    "territory": pl.String,  # identifier of a territory that holds it
    "weight": pl.Float64,  # its people, to judge how much of the territory is known
}
COMPLETE = 0.95
"""Share of a territory's people whose communes must be known."""


def perimeters(memberships: pl.DataFrame, populations: pl.DataFrame) -> pl.DataFrame:
    """Which communes make up each EPCI, département, region and the two countries: columns ``PERIMETERS``.

    ``memberships`` has the columns of ``odd17.core.territories.MEMBERSHIPS``; ``populations`` has ``code`` and
    ``population``, those of communes. An EPCI across several départements holds all its communes.
    """
    weighed = memberships.join(populations, left_on="commune", right_on="code", how="left").with_columns(
        weight=pl.col("population").cast(pl.Float64).fill_null(0.0)
    )
    blocks = [
        _members(weighed.filter(pl.col(column).is_not_null()), pl.lit(f"{level.value}-") + pl.col(column))
        for level, column in (
            (Level.EPCI, "epci"),
            (Level.DEPARTEMENT, "departement"),
            (Level.REGION, "region"),
        )
    ]
    metropolitan = ~pl.col("departement").str.starts_with("97")
    blocks.append(_members(weighed.filter(metropolitan), pl.lit(Level.METROPOLITAN.value)))
    blocks.append(_members(weighed, pl.lit(Level.COUNTRY.value)))
    return pl.concat(blocks)


def recombine(
    parts: pl.DataFrame,
    within: pl.DataFrame,
    *,
    is_count: bool = False,
    outside: Collection[str] = (),
    complete: float = COMPLETE,
) -> pl.DataFrame:
    """The sums of ``parts`` over each territory of ``within``, one row a territory and period.

    ``parts`` has one row a commune and period: ``code``, ``period``, ``numerator``, ``denominator`` (null where
    ``is_count``), ``obs_status`` and ``conf_status``; ``within`` has the columns of ``PERIMETERS``; the communes of
    ``outside`` are not expected, for the source does not cover them. Returned: ``territory``, ``period``,
    ``numerator``, ``denominator``, ``obs_status``, ``conf_status``, ``communes`` (expected) and ``known``.

    The sums are null where the communes known hold less than the share ``complete`` of the people, or, for a count,
    where one is unknown. A territory wholly outside has no row. A commune counted elsewhere (K) adds nothing, and is
    known: the sum says that it includes another (W) only where one of the two stands without the other.

    >>> within = pl.DataFrame({"code": ["01001", "01002"], "territory": ["EPCI-1"] * 2, "weight": [90.0, 10.0]})
    >>> parts = pl.DataFrame({"code": ["01001", "01002"], "period": ["2023"] * 2, "numerator": [9.0, 3.0],
    ...     "denominator": [90.0, 10.0], "obs_status": ["A", "A"], "conf_status": ["F", "F"]})
    >>> recombine(parts, within).select("territory", "numerator", "denominator").row(0)
    ('EPCI-1', 12.0, 100.0)
    """
    expected = within.filter(~pl.col("code").is_in(list(outside))).select(list(PERIMETERS))
    found = sums_of(
        nw.from_native(parts.lazy().with_columns(is_count=pl.lit(is_count))),
        nw.from_native(expected.lazy()),
        by=("territory", "period"),
        complete=complete,
    )
    return collected(found).sort("territory", "period")


def _members(rows: pl.DataFrame, territory: pl.Expr) -> pl.DataFrame:
    return rows.select(pl.col("commune").alias("code"), territory.alias("territory"), "weight")
