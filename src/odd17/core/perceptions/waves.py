"""The change between two waves of one question, with its interval.

With V the variances of the two estimates, and C their covariance where some respondents were asked twice, the variance
of the change is V1 + V2 - 2 C. Of independent samples C is zero, and the degrees of freedom are those of Welch and
Satterthwaite, (V1 + V2)² / (V1² / df1 + V2² / df2); of a panel they are the fewer of the two. Sources: Satterthwaite,
*Biometrics Bulletin* 2 (1946), 110-114; Welch, *Biometrika* 34 (1947), 28-35; Kish, *Survey Sampling* (1965), 12.4.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import polars as pl

from odd17.core.kernel import Message, UsageError

from .columns import FloatArray, near
from .distribution import t_quantile

CHANGE = ("change", "change_se", "change_low", "change_high", "change_linked")


def with_change(
    later: pl.DataFrame,
    earlier: pl.DataFrame,
    on: Sequence[str],
    covariances: pl.DataFrame | None = None,
    confidence: float = 0.95,
) -> pl.DataFrame:
    """``later`` with the columns ``change, change_se, change_low, change_high, change_linked`` (shares: 0 to 1).

    Both tables have the columns ``on``, which tell rows apart (nulls are equal), and ``estimate, se, df``.
    ``covariances`` has ``on``, ``covariance`` and ``linked``, as ``linked.covariances`` gives; a row that it lacks, or
    that nobody answered twice, is taken as of independent samples: ``change_linked`` is then null. Where a standard
    error is missing there is a change without an interval, and where one wave lacks the row, none. UsageError for a
    column that is absent.

    >>> y15 = pl.DataFrame({"domain": ["health"], "estimate": [0.40], "se": [0.03], "df": [300]})
    >>> y19 = pl.DataFrame({"domain": ["health"], "estimate": [0.50], "se": [0.04], "df": [200]})
    >>> with_change(y19, y15, ["domain"]).select(pl.col("^change.*$").round(3)).row(0)
    (0.1, 0.05, 0.002, 0.198, None)
    """
    if not 0 < confidence < 1:
        raise UsageError(Message("confidence is between 0 and 1, not {confidence!r}", confidence=confidence))
    keys = list(on)
    for table, needed in ((later, [*keys, "estimate", "se", "df"]), (earlier, [*keys, "estimate", "se", "df"])):
        for name in needed:
            if name not in table.columns:
                raise UsageError(
                    Message("no column is called {name!r}.{near}", name=name, near=near(name, table.columns))
                )
    before = earlier.select(*keys, *(pl.col(name).alias(f"_{name}") for name in ("estimate", "se", "df")))
    joined = later.drop(CHANGE, strict=False).join(before, on=keys, how="left", nulls_equal=True, maintain_order="left")
    if covariances is None:
        joined = joined.with_columns(_covariance=pl.lit(0.0), _linked=pl.lit(0, dtype=pl.Int64))
    else:
        both = covariances.select(
            *keys, pl.col("covariance").alias("_covariance"), pl.col("linked").cast(pl.Int64).alias("_linked")
        )
        joined = joined.join(both, on=keys, how="left", nulls_equal=True, maintain_order="left")
    return _changed(joined, confidence)


def _changed(joined: pl.DataFrame, confidence: float) -> pl.DataFrame:
    linked = joined["_linked"].fill_null(0).to_numpy()
    covariance = np.where(linked > 0, _numbers(joined, "_covariance", 0.0), 0.0)
    change = _numbers(joined, "estimate") - _numbers(joined, "_estimate")
    v1, v2 = _numbers(joined, "_se") ** 2, _numbers(joined, "se") ** 2
    df1, df2 = _numbers(joined, "_df"), _numbers(joined, "df")
    # of units that stand in one wave only, the covariance is estimated apart: keep it possible
    covariance = np.clip(covariance, -np.sqrt(v1 * v2), np.sqrt(v1 * v2))
    se = np.sqrt(np.maximum(v1 + v2 - 2 * covariance, 0.0))
    with np.errstate(all="ignore"):
        apart = (v1 + v2) ** 2 / (v1**2 / df1 + v2**2 / df2)
    apart = np.where((df1 >= 1) & (df2 >= 1), apart, np.nan)
    fewer = np.minimum(df1, df2)
    df = np.where((linked > 0) | ~np.isfinite(apart), fewer, apart)
    half = t_quantile(confidence, np.where(np.isfinite(df), df, 0.0)) * se
    found = {
        "change": change,
        "change_se": se,
        "change_low": np.maximum(change - half, -1.0),
        "change_high": np.minimum(change + half, 1.0),
    }
    return joined.with_columns(
        *(pl.Series(name, values, nan_to_null=True) for name, values in found.items()),
        change_linked=pl.when((pl.col("_linked") > 0) & pl.col("_estimate").is_not_null()).then("_linked"),
    ).drop("^_(estimate|se|df|covariance|linked)$")


def _numbers(table: pl.DataFrame, name: str, missing: float = float("nan")) -> FloatArray:
    found: FloatArray = table[name].cast(pl.Float64).fill_null(missing).to_numpy()
    return found
