"""Parts of communes summed over the territories that hold them, on the engine that holds the parts.

The same expressions serve the product, in memory, and tables that do not fit a machine.
"""

from __future__ import annotations

from collections.abc import Sequence

import narwhals as nw

from odd17.core.kernel import ConfStatus, ObsStatus
from odd17.core.kernel.engines import LazyTable, named_at, place_of

from .term import CONFIDENTIALITY, RESERVE

_OF_VALUES = [
    status.value
    for status in (
        ObsStatus.UNVALIDATED, ObsStatus.BREAK, ObsStatus.PROVISIONAL, ObsStatus.IMPUTED, ObsStatus.ESTIMATED,
        ObsStatus.LOW_RELIABILITY,
    )
]  # fmt: skip


def sums_of(
    parts: LazyTable,
    expected: LazyTable,
    *,
    by: Sequence[str],
    complete: float,
    **others: nw.Expr,
) -> LazyTable:
    """The sums of ``parts`` over the territories of ``expected``, a row for each of the columns ``by``, in no order.

    ``parts`` has a row a commune and key: ``code``, the columns of ``by`` that ``expected`` has not, ``numerator``,
    ``denominator``, ``obs_status``, ``conf_status`` and ``is_count``, the same for all rows of a key: there is no
    denominator. ``expected`` has ``code``, ``weight`` and the other columns of ``by``: the communes that a whole needs,
    and their people. Returned: ``by``, ``numerator``, ``denominator``, ``obs_status``, ``conf_status``, ``communes``
    (expected), ``known``, and ``others``, each a summary over the parts of a whole. What makes a sum null, and its
    statuses, are told in ``recombine``.
    """
    held = expected.collect_schema().names()
    keys = [name for name in by if name not in held]
    status, numerator = nw.col("obs_status"), nw.col("numerator")
    elsewhere, suppressed = _is(ObsStatus.COUNTED_ELSEWHERE), _is(ObsStatus.SUPPRESSED)
    counted = nw.col("counted")
    judged = parts.with_columns(
        counted=~numerator.is_null() & (nw.col("is_count") | ~nw.col("denominator").is_null())
    ).with_columns(
        numerator=nw.when(counted).then(numerator),
        denominator=nw.when(counted).then(nw.col("denominator")),
        known=counted | elsewhere,
        elsewhere=elsewhere,
        including=_is(ObsStatus.INCLUDES_ANOTHER),
        secret=~counted & suppressed,
        reserve=nw.when(counted & status.is_in(_OF_VALUES).fill_null(False)).then(
            place_of("obs_status", RESERVE, other=RESERVE.index(ObsStatus.MISSING))
        ),
        secrecy=nw.when(counted).then(place_of("conf_status", CONFIDENTIALITY, other=0)),
    )
    every = judged.select(*keys, "is_count").unique()
    # a commune without a row is not known, and is missed all the same
    joined = expected.join(every, how="cross").join(judged.drop("is_count"), on=["code", *keys], how="left")
    flags = [
        nw.col(name).fill_null(False).alias(name) for name in ("counted", "known", "elsewhere", "including", "secret")
    ]
    grouped = (
        joined.with_columns(*flags)
        .with_columns(weight_known=nw.when(nw.col("known")).then(nw.col("weight")), one=nw.col("known").cast(nw.Int64))
        .group_by(*by)
        .agg(
            nw.col("numerator", "denominator", "weight", "weight_known").sum(),
            nw.col("counted", "elsewhere", "including", "secret", "is_count").any(),
            nw.col("reserve", "secrecy").max(),
            communes=nw.len().cast(nw.Int64),
            known=nw.col("one").sum(),
            **others,
        )
    )
    return _shown(grouped, complete).select(
        *by, "numerator", "denominator", "obs_status", "conf_status", "communes", "known", *others
    )


def _shown(grouped: LazyTable, complete: float) -> LazyTable:
    """The sums with their statuses, null where too little is known."""
    all_known = nw.col("known") == nw.col("communes")
    weight, sum_known = nw.col("weight").fill_null(0.0), nw.col("weight_known").fill_null(0.0)
    peopled = nw.when(weight > 0).then(sum_known / weight).otherwise(nw.col("known") / nw.col("communes"))
    estimated, including = RESERVE.index(ObsStatus.ESTIMATED), RESERVE.index(ObsStatus.INCLUDES_ANOTHER)
    reserve = nw.col("reserve").fill_null(0)
    unpaired = nw.col("elsewhere") != nw.col("including")
    judged = grouped.with_columns(
        stands=nw.col("counted") & (all_known | (~nw.col("is_count") & (peopled >= complete))),
        reserve=nw.when(~all_known)
        .then(nw.max_horizontal(reserve, nw.lit(estimated)))
        .otherwise(nw.when(unpaired).then(nw.max_horizontal(reserve, nw.lit(including))).otherwise(reserve)),
        secrecy=nw.col("secrecy").fill_null(0),
    ).with_columns(shown=named_at("reserve", RESERVE), conf=named_at("secrecy", CONFIDENTIALITY))
    stands, secret = nw.col("stands"), nw.col("secret")

    def worded(told: str, hidden: str, absent: str) -> nw.Expr:
        without = nw.when(secret).then(nw.lit(hidden)).otherwise(nw.lit(absent))
        return nw.when(stands).then(nw.col(told)).otherwise(without)

    return judged.with_columns(
        numerator=nw.when(stands).then(nw.col("numerator")),
        denominator=nw.when(stands & ~nw.col("is_count")).then(nw.col("denominator")),
        obs_status=worded("shown", ObsStatus.SUPPRESSED.value, ObsStatus.MISSING.value),
        conf_status=worded("conf", ConfStatus.CONFIDENTIAL.value, ConfStatus.FREE.value),
    )


def _is(status: ObsStatus) -> nw.Expr:
    return (nw.col("obs_status") == status.value).fill_null(False)
