"""Items that respondents put in order: who is put first, what each is worth, and how far groups agree."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import copy
from itertools import pairwise

import numpy as np
import polars as pl

from odd17.core.kernel import DataError, Message, ObsStatus, UsageError

from .cells import read_cells
from .columns import BoolArray, FloatArray, IntArray, numbers
from .distribution import t_quantile
from .plackett_luce import fit, influences
from .survey import ReplicateSurvey, Survey

Names = str | Sequence[str]


def first_choices(
    survey: Survey | ReplicateSurvey, columns: Mapping[str, str], by: Names = (), ci: str = "logit"
) -> pl.DataFrame:
    """The share who put each item first: the columns of ``Survey.proportion``, with ``item`` for the variable.

    ``columns`` gives for each item the column of its rank, 1 the first; nulls throughout are no answer. DataError for
    a ranking that is not whole, or has ties.
    """
    ranks = read_ranks(survey.frame, columns)
    shares = _with_columns(
        survey, {item: pl.Series(_valued(ranks, ranks[:, at] == 1)) for at, item in enumerate(columns)}
    )
    table = shares.proportion(_places(columns), by=by, ci=ci).drop("level")
    return _with_items(table, columns)


def worths(
    survey: Survey | ReplicateSurvey, columns: Mapping[str, str], by: Names = (), confidence: float = 0.95
) -> pl.DataFrame:
    """The worth of each item, 0 to 1 and 1 in all, by the model of Plackett and Luce; columns of ``first_choices``.

    It is the share who would put the item first, told by whole rankings. The interval is a t interval around the logit
    of the worth, its variance by linearisation under the design, or by fitting again under each replicate. Where no
    worths are best (an item that everybody puts last, say) there is no figure, and the status is O. Errors are those
    of ``first_choices``.

    >>> people = pl.DataFrame({"w": [1.0] * 40, "a": [1] * 30 + [2] * 10, "b": [2] * 30 + [1] * 10})
    >>> worths(Survey(people, weights="w"), {"vision": "a", "action": "b"})["estimate"].to_list()
    [0.75, 0.25]
    """
    ranks = read_ranks(survey.frame, columns)
    names = [by] if isinstance(by, str) else list(by)
    answered = ranks[:, 0] > 0
    cells = read_cells(survey.frame, names, survey.domain & (survey.weights != 0), None)
    estimate = np.full((len(cells), len(columns)), np.nan)
    drawn = None
    if isinstance(survey, ReplicateSurvey):
        drawn = np.full((len(cells), len(columns), len(survey.replication.weights)), np.nan)
    influence = np.full((survey.frame.height, len(columns)), np.nan)
    for cell, (start, end) in enumerate(pairwise(cells.starts)):
        rows = cells.rows[start:end]
        rows = rows[answered[rows]]
        influence[rows] = 0.0
        if not len(rows):
            continue
        orders, which = np.unique(np.argsort(ranks[rows], axis=1), axis=0, return_inverse=True)
        which = which.reshape(-1)
        weights = _by_ranking(survey.weights[rows][None, :], which, len(orders))
        estimate[cell] = fit(orders, weights)[0]
        if np.isnan(estimate[cell]).any():
            continue
        influence[rows] = influences(orders, weights[0], estimate[cell])[which]
        if drawn is not None and isinstance(survey, ReplicateSurvey):
            drawn[cell] = fit(orders, _by_ranking(survey.replication.weights[:, rows], which, len(orders))).T
    linear = _with_columns(
        survey, {item: pl.Series(influence[:, at], nan_to_null=True) for at, item in enumerate(columns)}
    )
    table = linear.total(_places(columns), by=names, confidence=confidence)
    return _with_items(_around(survey, table, estimate, drawn, confidence), columns)


def kendall_w(values: FloatArray) -> float | None:
    """How far groups agree on an order: Kendall's W, from 0 (none) to 1 (the same order), corrected for ties.

    ``values`` (groups, items) are anything that orders the items of a group: shares, worths or mean ranks. None where
    every group puts all items level. UsageError for fewer than two groups or items, or a missing value. Source: Kendall
    and Babington Smith, *Annals of Mathematical Statistics* 10 (1939), 275-287; Siegel, *Nonparametric Statistics*
    (1956), 229-239, for ties.

    >>> kendall_w(np.array([[1.0, 2.0, 3.0], [10.0, 20.0, 30.0]]))
    1.0
    """
    if values.ndim != 2 or min(values.shape) < 2 or not np.isfinite(values).all():
        raise UsageError("agreement is told of two groups or more, each with a value for the same two items or more")
    groups, items = values.shape
    ranks = np.stack([_mid_ranks(row) for row in values])
    spread = float(((ranks.sum(axis=0) - groups * (items + 1) / 2) ** 2).sum())
    ties = sum(float((times**3 - times).sum()) for times in (np.unique(row, return_counts=True)[1] for row in values))
    most = groups**2 * (items**3 - items) - groups * ties
    return 12 * spread / most if most > 0 else None


def read_ranks(frame: pl.DataFrame, columns: Mapping[str, str]) -> IntArray:
    """Ranks shaped (respondents, items), 1 the first; zeros for who did not answer.

    DataError, naming row and column, for a ranking that is not each of 1, 2, … once; UsageError for fewer than two
    items.
    """
    if len(columns) < 2:
        raise UsageError("a ranking is of two items or more")
    values = np.stack([numbers(frame, name) for name in columns.values()], axis=1)
    silent: BoolArray = np.asarray(np.isnan(values).all(axis=1))
    ordered = np.sort(np.where(np.isnan(values), -1.0, values), axis=1)
    whole: BoolArray = np.asarray((ordered == np.arange(1, len(columns) + 1)).all(axis=1))
    wrong = np.flatnonzero(~silent & ~whole)
    if len(wrong):
        row = int(wrong[0])
        given = ", ".join("–" if np.isnan(value) else f"{value:g}" for value in values[row])
        raise DataError(
            Message("not a whole ranking of {items} items without ties", items=len(columns)),
            row=row + 1,
            column=", ".join(columns.values()),
            value=given,
            remedy="rank every item once, or leave all of them empty for no answer",
        )
    return np.where(silent[:, None], 0, np.nan_to_num(values)).astype(np.int64)


def _around(
    survey: Survey | ReplicateSurvey,
    table: pl.DataFrame,
    estimate: FloatArray,
    drawn: FloatArray | None,
    confidence: float,
) -> pl.DataFrame:
    """The table of the influences' totals, as that of the worths: their standard errors are those of the totals."""
    p = estimate.ravel()
    se: FloatArray = table["se"].cast(pl.Float64).fill_null(np.nan).to_numpy().copy()
    df: FloatArray = table["df"].cast(pl.Float64).fill_null(0.0).to_numpy()
    with np.errstate(all="ignore"):
        centre = np.log(p) - np.log1p(-p)
        logit_se = se / (p * (1 - p))
        if drawn is not None and isinstance(survey, ReplicateSurvey):
            again = drawn.reshape(len(p), -1)
            se = np.sqrt(survey.replication.variance(again, p))
            logit_se = np.sqrt(survey.replication.variance(np.log(again) - np.log1p(-again), centre))
        half = t_quantile(confidence, df) * logit_se
        low, high = 1 / (1 + np.exp(half - centre)), 1 / (1 + np.exp(-half - centre))
    known = np.isfinite(p)
    figures = {"estimate": p, "se": se, "low": low, "high": high}
    missing = pl.Series(~known & (table["n"].to_numpy() > 0))
    return table.with_columns(
        *(
            pl.Series(name, np.where(known & np.isfinite(values), values, np.nan), nan_to_null=True)
            for name, values in figures.items()
        ),
        deff=pl.when(pl.Series(known)).then("deff"),
        status=pl.when(missing & (pl.col("status") != ObsStatus.SUPPRESSED.value))
        .then(pl.lit(ObsStatus.MISSING.value))
        .otherwise("status"),
    )


def _by_ranking(weights: FloatArray, which: IntArray, rankings: int) -> FloatArray:
    found = np.zeros((len(weights), rankings))
    for ranking in range(rankings):
        found[:, ranking] = weights[:, which == ranking].sum(axis=1)
    return found


def _valued(ranks: IntArray, first: BoolArray) -> list[bool | None]:
    return [bool(value) if answered else None for value, answered in zip(first, ranks[:, 0] > 0, strict=True)]


def _places(columns: Mapping[str, str]) -> list[str]:
    return [f"item {at}" for at in range(len(columns))]


def _with_columns(survey: Survey | ReplicateSurvey, items: Mapping[str, pl.Series]) -> Survey | ReplicateSurvey:
    other = copy(survey)
    names = _places(dict.fromkeys(items, ""))
    other.frame = survey.frame.with_columns(
        values.alias(name) for name, values in zip(names, items.values(), strict=True)
    )
    return other


def _with_items(table: pl.DataFrame, columns: Mapping[str, str]) -> pl.DataFrame:
    names = dict(zip(_places(columns), columns, strict=True))
    return table.with_columns(pl.col("variable").replace_strict(names, return_dtype=pl.String)).rename(
        {"variable": "item"}
    )


def _mid_ranks(values: FloatArray) -> FloatArray:
    _, place, times = np.unique(values, return_inverse=True, return_counts=True)
    last = np.cumsum(times)
    found: FloatArray = (last - (times - 1) / 2)[place.reshape(-1)]
    return found
