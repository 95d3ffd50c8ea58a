"""Figures of several territories made into the figure of the one that holds them all."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Protocol

import narwhals as nw
import polars as pl

from odd17.core.kernel import ConfStatus, ObsStatus, ReasonCode, Text
from odd17.core.kernel.engines import LazyTable, beside, named_at, place_of


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

MEASURES: dict[str, type[pl.DataType] | pl.DataType] = {
    "indicator": pl.String,
    "kind": pl.String,  # count, ratio, or null: nothing to merge by
    "factor": pl.Float64,  # of a ratio
}


def merge(rows: LazyTable, measures: pl.DataFrame, *, lost: nw.Expr) -> LazyTable:
    """One row for all the ``rows`` of a territory, indicator, period and source, on the engine that holds them.

    ``rows`` has the columns of ``OBSERVATIONS`` and ``parts``, the number of rows that make the whole; ``measures``
    those of ``MEASURES``. Counts are summed, ratios recomputed as factor × sum of numerators / sum of denominators; a
    part absent or missing, an indicator that is neither, or ``lost`` true of a row leave no value. The note is then
    ``not_carried`` wherever a part had a figure. The status is the most reserved of the parts' (that of SDMX for a
    value; suppressed, else not applicable where all are, else missing for none); the confidentiality is the strictest.
    """
    value, note, denominator = nw.col("value"), nw.col("note"), nw.col("denominator")
    has_value, has_numerator = ~value.is_null(), ~nw.col("numerator").is_null()
    suppressed = value.is_null() & _is("obs_status", ObsStatus.SUPPRESSED)
    figure = has_value & (denominator > 0).fill_null(False)
    nobody = value.is_null() & ~suppressed & (denominator == 0).fill_null(False)  # adds nothing to a ratio
    carried_before = _is("note", ReasonCode.NOT_CARRIED)
    reserve = place_of("obs_status", _RESERVE, other=len(_RESERVE) - 1)
    judged = rows.join(beside(measures, rows), on="indicator", how="left").with_columns(
        lost=lost,
        counted=has_value,
        divisible=has_numerator & (figure | nobody),
        had_figure=has_value | has_numerator | carried_before,
        other_note=nw.when(~carried_before).then(note),
        reserve=nw.when(has_value).then(reserve),
        inapplicable=value.is_null() & _is("obs_status", ObsStatus.CANNOT_EXIST),
        suppressed=suppressed,
        secrecy=place_of("conf_status", _SECRECY, other=len(_SECRECY) - 1),
    )
    grouped = judged.group_by("territory", "level", "vintage", "indicator", "period", "source").agg(
        nw.col("value", "numerator", "denominator").sum(),
        nw.col("kind", "factor", "parts").max(),
        nw.col("counted", "divisible", "inapplicable").all(),
        nw.col("lost", "had_figure", "suppressed").any(),
        nw.col("reserve", "secrecy").max(),
        nw.col("other_note").min(),
        found=nw.len(),
    )
    every = nw.col("found") == nw.col("parts")
    whole = every & ~nw.col("lost")
    is_count = _is("kind", _COUNT) & whole & nw.col("counted")
    is_ratio = _is("kind", _RATIO) & whole & nw.col("divisible")
    empty = is_ratio & (denominator == 0)  # nobody to divide by: nothing was lost
    ratio = nw.col("factor") * nw.col("numerator") / denominator
    merged = grouped.with_columns(
        value=nw.when(is_count).then(value).otherwise(nw.when(is_ratio & ~empty).then(ratio)),
        numerator=nw.when(is_ratio).then(nw.col("numerator")),
        denominator=nw.when(is_ratio).then(denominator),
        empty=empty,
        every=every,
    )
    of_none = (
        nw.when(nw.col("inapplicable") & nw.col("every"))
        .then(nw.lit(ObsStatus.CANNOT_EXIST.value))
        .otherwise(nw.lit(ObsStatus.MISSING.value))
    )
    without = nw.when(nw.col("suppressed")).then(nw.lit(ObsStatus.SUPPRESSED.value)).otherwise(of_none)
    return merged.with_columns(
        obs_status=nw.when(has_value).then(named_at("reserve", _RESERVE)).otherwise(without),
        conf_status=named_at("secrecy", _SECRECY),
        note=nw.when(~has_value & ~nw.col("empty") & nw.col("had_figure"))
        .then(nw.lit(ReasonCode.NOT_CARRIED.value))
        .otherwise(nw.col("other_note")),
    )


def measures_of(indicators: Mapping[str, Measure]) -> pl.DataFrame:
    """The columns ``MEASURES`` of some indicators."""
    return pl.DataFrame(
        [(key, _kind(item), item.factor) for key, item in indicators.items()], schema=MEASURES, orient="row"
    )


def measures_from(counts: Collection[str], ratios: Mapping[str, float]) -> pl.DataFrame:
    """The columns ``MEASURES`` of counts, and of ratios with the factor of each."""
    rows = [*((key, _COUNT, 1.0) for key in counts), *((key, _RATIO, factor) for key, factor in ratios.items())]
    return pl.DataFrame(rows, schema=MEASURES, orient="row")


def _kind(measure: Measure) -> str | None:
    if measure.is_count:
        return _COUNT
    return _RATIO if measure.numerator is not None and measure.denominator is not None else None


def _is(column: str, what: str) -> nw.Expr:
    return (nw.col(column) == str(what)).fill_null(False)
