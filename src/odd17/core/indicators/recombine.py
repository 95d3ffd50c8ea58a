"""Parts of communes put together for any larger territory: an EPCI, a région, a country, or a perimeter of one's own.

A ratio of a larger territory is the sum of its communes' numerators over the sum of their denominators, never the mean
of their ratios. A commune whose part is secret or missing leaves both its parts out; the result is then marked as
estimated, and refused where the communes that remain hold less than a set share of the territory's people.
"""

from __future__ import annotations

from collections.abc import Collection

import polars as pl

from odd17.core.kernel import ConfStatus, ObsStatus
from odd17.core.territories.levels import Level

from .term import conf_of, most_reserved, status_of, strictest

PERIMETERS: dict[str, type[pl.DataType] | pl.DataType] = {
    "code": pl.String,  # of a commune
    "territory": pl.String,  # identifier of a territory that holds it
    "weight": pl.Float64,  # its people, to judge how much of the territory is known
}
COMPLETE = 0.95
"""Share of a territory's people whose communes must be known."""

_OF_VALUES = [
    status.value
    for status in (
        ObsStatus.UNVALIDATED, ObsStatus.BREAK, ObsStatus.PROVISIONAL, ObsStatus.IMPUTED, ObsStatus.ESTIMATED,
        ObsStatus.LOW_RELIABILITY,
    )
]  # fmt: skip
_ELSEWHERE, _INCLUDES = ObsStatus.COUNTED_ELSEWHERE.value, ObsStatus.INCLUDES_ANOTHER.value


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
    expected = within.filter(~pl.col("code").is_in(list(outside)))
    periods = parts.select(pl.col("period").unique())
    elsewhere = (pl.col("obs_status") == _ELSEWHERE).fill_null(False)
    has_parts = pl.col("numerator").is_not_null() & (pl.lit(is_count) | pl.col("denominator").is_not_null())
    joined = (
        expected.join(periods, how="cross")
        .join(parts, on=["code", "period"], how="left")
        .with_columns(known=has_parts | elsewhere, counted=has_parts, elsewhere=elsewhere)
    )
    counted = pl.col("counted")
    status = most_reserved(pl.col("obs_status").filter(counted & pl.col("obs_status").is_in(_OF_VALUES)))
    secret = (~pl.col("known") & (pl.col("obs_status") == ObsStatus.SUPPRESSED.value)).fill_null(False)
    grouped = joined.group_by("territory", "period").agg(
        numerator=pl.col("numerator").filter(counted).sum(),
        denominator=pl.col("denominator").filter(counted).sum(),
        communes=pl.len(),
        known=pl.col("known").sum(),
        share=pl.when(pl.col("weight").sum() > 0)
        .then(pl.col("weight").filter(pl.col("known")).sum() / pl.col("weight").sum())
        .otherwise(pl.col("known").mean()),
        any_counted=counted.any(),
        rank=status.max().fill_null(0),
        conf=strictest(pl.col("conf_status").filter(counted)).max().fill_null(0),
        has_elsewhere=pl.col("elsewhere").any(),
        has_including=(pl.col("obs_status") == _INCLUDES).fill_null(False).any(),
        secret=secret.any(),
    )
    all_known = pl.col("known") == pl.col("communes")
    stands = pl.col("any_counted") & (all_known | (pl.lit(not is_count) & (pl.col("share") >= complete)))
    estimated = most_reserved(pl.lit(ObsStatus.ESTIMATED.value))
    unpaired = pl.col("has_elsewhere") != pl.col("has_including")
    shown = (
        pl.when(~all_known)
        .then(pl.max_horizontal("rank", estimated))
        .when(unpaired)
        .then(pl.max_horizontal("rank", most_reserved(pl.lit(_INCLUDES))))
        .otherwise(pl.col("rank"))
    )
    return (
        grouped.with_columns(stands=stands, shown=status_of(shown), conf=conf_of(pl.col("conf")))
        .select(
            "territory",
            "period",
            numerator=pl.when("stands").then("numerator"),
            denominator=pl.when(pl.col("stands") & pl.lit(not is_count)).then("denominator"),
            obs_status=pl.when("stands")
            .then("shown")
            .when("secret")
            .then(pl.lit(ObsStatus.SUPPRESSED.value))
            .otherwise(pl.lit(ObsStatus.MISSING.value)),
            conf_status=pl.when("stands")
            .then("conf")
            .when("secret")
            .then(pl.lit(ConfStatus.CONFIDENTIAL.value))
            .otherwise(pl.lit(ConfStatus.FREE.value)),
            communes=pl.col("communes").cast(pl.Int64),
            known=pl.col("known").cast(pl.Int64),
        )
        .sort("territory", "period")
    )


def _members(rows: pl.DataFrame, territory: pl.Expr) -> pl.DataFrame:
    return rows.select(pl.col("commune").alias("code"), territory.alias("territory"), "weight")
