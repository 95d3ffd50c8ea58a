"""Figures of several territories made into the figure of the one that holds them all."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

import polars as pl

from odd17.core.kernel import ConfStatus, ObsStatus, ReasonCode, Text


class Measure(Protocol):
    """What must be known of an indicator to merge its figures (``odd17.core.indicators.Indicator`` is one)."""

    @property
    def is_count(self) -> bool: ...
    @property
    def numerator(self) -> Text | str | None: ...
    @property
    def denominator(self) -> Text | str | None: ...
    @property
    def factor(self) -> float: ...


_RESERVE = (
    ObsStatus.NORMAL, ObsStatus.INCLUDES_ANOTHER, ObsStatus.COUNTED_ELSEWHERE, ObsStatus.UNVALIDATED, ObsStatus.BREAK,
    ObsStatus.PROVISIONAL, ObsStatus.IMPUTED, ObsStatus.ESTIMATED, ObsStatus.NOT_COLLECTED, ObsStatus.CANNOT_EXIST,
    ObsStatus.MISSING, ObsStatus.SUPPRESSED, ObsStatus.LOW_RELIABILITY,
)  # fmt: skip
_SECRECY = (ConfStatus.FREE, ConfStatus.NOT_FOR_PUBLICATION, ConfStatus.CONFIDENTIAL)
_COUNT, _RATIO = "count", "ratio"


def merge(rows: pl.DataFrame, indicators: Mapping[str, Measure], *, lost: pl.Expr) -> pl.DataFrame:
    """One row for all the ``rows`` of a territory, indicator, period and source.

    ``rows`` has the columns of ``OBSERVATIONS`` and ``parts``, the number of rows that make the whole. Counts are
    summed, ratios recomputed as factor × sum of numerators / sum of denominators; a part absent or missing, an
    indicator that is neither, or ``lost`` true of a row leave no value. The note is then ``not_carried`` wherever a
    part had a figure. The status is the most reserved of the parts' (that of SDMX for a value; suppressed, else not
    applicable where all are, else missing for none); the confidentiality is the strictest.
    """
    measures = pl.DataFrame(
        [(key, _kind(item), item.factor) for key, item in indicators.items()],
        schema={"indicator": pl.String, "kind": pl.String, "factor": pl.Float64},
        orient="row",
    )
    value, note = pl.col("value"), pl.col("note")
    reserve = pl.col("obs_status").replace_strict(_ranks(_RESERVE), default=len(_RESERVE) - 1, return_dtype=pl.Int8)
    secrecy = pl.col("conf_status").replace_strict(_ranks(_SECRECY), default=len(_SECRECY) - 1, return_dtype=pl.Int8)
    suppressed = value.is_null() & (pl.col("obs_status") == ObsStatus.SUPPRESSED.value)
    figure = (value.is_not_null() & (pl.col("denominator") > 0)).fill_null(False)
    nobody = (value.is_null() & ~suppressed & (pl.col("denominator") == 0)).fill_null(False)  # adds nothing to a ratio
    carried_before = (note == ReasonCode.NOT_CARRIED.value).fill_null(False)
    judged = rows.join(measures, on="indicator", how="left").with_columns(
        lost=lost,
        counted=value.is_not_null(),
        divisible=pl.col("numerator").is_not_null() & (figure | nobody),
        had_figure=value.is_not_null() | pl.col("numerator").is_not_null() | carried_before,
        other_note=pl.when(~carried_before).then(note),
        reserve=pl.when(value.is_not_null()).then(reserve),
        inapplicable=value.is_null() & (pl.col("obs_status") == ObsStatus.CANNOT_EXIST.value),
        suppressed=suppressed,
        secrecy=secrecy,
    )
    grouped = (
        judged.group_by("territory", "level", "vintage", "indicator", "period", "source", maintain_order=True)
        .agg(
            pl.col("value", "numerator", "denominator").sum(),
            pl.col("kind", "factor", "parts").first(),
            pl.col("counted", "divisible", "inapplicable").all(),
            pl.col("lost", "had_figure", "suppressed").any(),
            pl.col("reserve", "secrecy").max(),
            pl.col("other_note").min(),
            found=pl.len(),
        )
        .with_columns(whole=pl.col("found") == pl.col("parts"))
    )
    whole = pl.col("whole") & ~pl.col("lost")
    is_count = (pl.col("kind") == _COUNT).fill_null(False) & whole & pl.col("counted")
    is_ratio = (pl.col("kind") == _RATIO).fill_null(False) & whole & pl.col("divisible")
    empty = is_ratio & (pl.col("denominator") == 0)  # nobody to divide by: nothing was lost
    ratio = pl.col("factor") * pl.col("numerator") / pl.col("denominator")
    merged = grouped.with_columns(
        value=pl.when(is_count).then("value").when(is_ratio & ~empty).then(ratio),
        numerator=pl.when(is_ratio).then("numerator"),
        denominator=pl.when(is_ratio).then("denominator"),
        empty=empty,
    )
    has_value = value.is_not_null()
    return merged.with_columns(
        obs_status=pl.when(has_value)
        .then(pl.col("reserve").fill_null(0).replace_strict(dict(enumerate(_RESERVE)), return_dtype=pl.String))
        .when("suppressed")
        .then(pl.lit(ObsStatus.SUPPRESSED.value))
        .when(pl.col("inapplicable") & pl.col("whole"))
        .then(pl.lit(ObsStatus.CANNOT_EXIST.value))
        .otherwise(pl.lit(ObsStatus.MISSING.value)),
        conf_status=pl.col("secrecy").replace_strict(dict(enumerate(_SECRECY)), return_dtype=pl.String),
        note=pl.when(~has_value & ~pl.col("empty") & pl.col("had_figure"))
        .then(pl.lit(ReasonCode.NOT_CARRIED.value))
        .otherwise("other_note"),
    )


def _kind(measure: Measure) -> str | None:
    if measure.is_count:
        return _COUNT
    return _RATIO if measure.numerator is not None and measure.denominator is not None else None


def _ranks(values: tuple[str, ...]) -> dict[str, int]:
    return {str(value): rank for rank, value in enumerate(values)}
