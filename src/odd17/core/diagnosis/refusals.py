"""Why a node has no score: the codes that stand in the table of scores, and the facts behind them."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from odd17.core.kernel import Absence, ConfStatus, ObsStatus, Reason, ReasonCode, absence_of

from .selection import Entry

_ABSENCES = {
    Absence.SUPPRESSED: ReasonCode.SUPPRESSED,
    Absence.NOT_APPLICABLE: ReasonCode.NOT_APPLICABLE,
    Absence.NOT_AVAILABLE: ReasonCode.NO_FIGURE_HERE,
}


def absence_code(obs_status: str, conf_status: str, note: str | None) -> ReasonCode:
    """Why an observation has no value, from its statuses and note.

    >>> absence_code("Q", "F", None), absence_code("O", "F", "not_carried")
    (<ReasonCode.SUPPRESSED: 'suppressed'>, <ReasonCode.NOT_CARRIED: 'not_carried'>)
    """
    if note == ReasonCode.NOT_CARRIED:
        return ReasonCode.NOT_CARRIED
    return _ABSENCES[absence_of(ObsStatus(obs_status), ConfStatus(conf_status))]


def domain_refusal(entries: Sequence[Entry]) -> Reason | None:
    """What keeps every indicator of a domain (its ``entries``) out of the index; None where one enters.

    What is shown here but not scored comes before what is shown elsewhere; among equals the first indicator speaks.
    """
    reasons = [(entry.values > 0, entry.not_scored) for entry in entries]
    if any(reason is None for _, reason in reasons):
        return None
    for wanted in (True, False):
        for shown, reason in reasons:
            if shown is wanted and reason is not None and reason.code is not ReasonCode.NO_FIGURE:
                return reason
    return Reason(ReasonCode.NO_FIGURE)


def absences(own: pl.LazyFrame, entries: Sequence[Entry]) -> pl.DataFrame:
    """Where the source itself says why it gives no value: ``domain``, ``territory``, ``code``.

    The code is that of the domain's missing indicators where they agree, else ``no_figure_here``. Only the indicators
    that enter the index count, in their period. ``own`` holds the peers' observations.
    """
    entered = pl.DataFrame(
        [(entry.indicator, entry.period, entry.domain) for entry in entries if entry.not_scored is None],
        schema={"indicator": pl.String, "period": pl.String, "domain": pl.String},
        orient="row",
    )
    empty = own.filter(pl.col("value").is_null()).join(entered.lazy(), on=["indicator", "period"])
    stated = empty.select("domain", "territory", "obs_status", "conf_status", "note").collect()
    kinds = stated.select("obs_status", "conf_status", "note").unique()
    codes = [absence_code(*row).value for row in kinds.iter_rows()]
    coded = stated.join(
        kinds.with_columns(pl.Series("code", codes, dtype=pl.String)),
        on=["obs_status", "conf_status", "note"],
        nulls_equal=True,
    )
    agreed = pl.when(pl.col("code").n_unique() == 1).then(pl.col("code").first())
    return coded.group_by("domain", "territory").agg(code=agreed.otherwise(pl.lit(ReasonCode.NO_FIGURE_HERE.value)))


def with_reasons(
    block: pl.DataFrame, domain: str | None, entries: Sequence[Entry], missing: pl.DataFrame
) -> pl.DataFrame:
    """One node's rows (``territory``, ``score``, ``available``) with ``reason``, null where there is a score.

    ``domain`` is None for a node above the domains, which is refused for too many missing; so is a domain part of whose
    figures are there. ``entries`` are those of the peer set and ``missing`` is what ``absences`` gives of them.
    """
    unscored = pl.col("score").is_null()
    too_many = pl.lit(ReasonCode.TOO_MANY_MISSING.value)
    if domain is None:
        return block.with_columns(reason=pl.when(unscored).then(too_many))
    refusal = domain_refusal([entry for entry in entries if entry.domain == domain])
    if refusal is not None:
        return block.with_columns(reason=pl.when(unscored).then(pl.lit(refusal.code.value)))
    stated = missing.filter(pl.col("domain") == domain).select("territory", "code")
    here = pl.col("code").fill_null(ReasonCode.NO_FIGURE_HERE.value)
    reason = pl.when(unscored).then(pl.when(pl.col("available") > 0).then(too_many).otherwise(here))
    return (
        block.join(stated, on="territory", how="left", maintain_order="left").with_columns(reason=reason).drop("code")
    )
