"""A panel: respondents asked twice, and by how much two estimates of theirs vary together.

With u the sums of linearised values by unit drawn (see ``linearise``), over the n units of a stratum of the first wave
that were asked both times::

    C = sum over strata of (1 - f) n / (n - 1) sum over these units of (u1 - mean u1) (u2 - mean u2)

Units asked once add nothing, being drawn apart; later stages neither, which can only widen an interval where answers
hold over time. Sources: Kish, *Survey Sampling* (1965), 12.4; Tam, *The American Statistician* 38 (1984), 288-289;
Berger and Priam, *Journal of the Royal Statistical Society A* 179 (2016), 361-381.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import polars as pl

from odd17.core.kernel import DataError

from .cells import read_cells
from .columns import BoolArray, FloatArray, IntArray, column
from .survey import Survey
from .targets import Target, of_levels


def covariances(
    later: Survey, earlier: Survey, variable: str | Sequence[str], by: str | Sequence[str] = (), *, link: str
) -> pl.DataFrame:
    """How the shares of two waves vary together: one row a cell of ``by``, variable and level that both waves have.

    ``link`` is a column of both that tells who is the same respondent; null where that is not known. The columns are
    those of ``Survey.proportion`` (``by``, ``variable`` where several are asked, ``level``), then ``covariance`` and
    ``linked``, the respondents who answered in that cell both times. DataError for a respondent who stands twice in a
    wave, or for units drawn once that hold linked respondents of several units of the other wave.
    """
    pairs = _linked(later, earlier, link)
    names = [by] if isinstance(by, str) else list(by)
    variables = [variable] if isinstance(variable, str) else list(variable)
    before = _totals(earlier, variables, names, pairs.earlier)
    after = _totals(later, variables, names, pairs.later)
    rows = []
    for key in [key for key in after if key in before]:
        (u2, said2), (u1, said1) = after[key], before[key]
        both = int((said1[pairs.earlier.rows] & said2[pairs.later.rows]).sum())
        rows.append((*key, _covariance(u1, u2, pairs), both))
    labels = [*names, "variable", "level"]
    found = pl.DataFrame(rows, schema=[*labels, "covariance", "linked"], orient="row")
    found = found.with_columns(pl.col(name).cast(later.frame[name].dtype) for name in names)
    return found if not isinstance(variable, str) else found.drop("variable")


@dataclass(frozen=True)
class _Side:
    """Respondents of one wave who are linked, in the order of the other's, and the units where they are."""

    rows: IntArray
    units: IntArray  # of every respondent
    linked_units: IntArray


@dataclass(frozen=True)
class _Pairs:
    earlier: _Side
    later: _Side
    strata: IntArray  # of each pair of units, in the earlier wave
    left: FloatArray  # the share of their population that was not drawn


def _linked(later: Survey, earlier: Survey, link: str) -> _Pairs:
    sides = [_who(survey, link) for survey in (earlier, later)]
    joined = sides[0].join(sides[1], on="who", how="inner", maintain_order="left")
    first, second = (survey.weighting.design.stages[0] for survey in (earlier, later))
    rows1, rows2 = joined["row"].to_numpy().astype(np.int64), joined["row_right"].to_numpy().astype(np.int64)
    pairs = np.unique(np.stack([first.units[rows1], second.units[rows2]], axis=1), axis=0)
    for side, survey, rows in ((0, earlier, rows1), (1, later, rows2)):
        units, times = np.unique(pairs[:, side], return_counts=True)
        if (times > 1).any():
            unit = survey.weighting.design.stages[0].units
            row = int(rows[np.flatnonzero(unit[rows] == units[times > 1][0])[0]])
            raise DataError(
                "linked respondents of one unit drawn are in several units of the other wave",
                row=row + 1,
                column=link,
                remedy="give units the same meaning in both waves, or treat the waves as independent",
            )
    strata1 = np.zeros(int(first.units.max()) + 1, dtype=np.int64)
    strata2 = np.zeros(int(second.units.max()) + 1, dtype=np.int64)
    strata1[first.units], strata2[second.units] = first.strata, second.strata
    strata = strata1[pairs[:, 0]]
    left = np.minimum(first.left[strata], second.left[strata2[pairs[:, 1]]])
    return _Pairs(_Side(rows1, first.units, pairs[:, 0]), _Side(rows2, second.units, pairs[:, 1]), strata, left)


def _who(survey: Survey, link: str) -> pl.DataFrame:
    found = pl.DataFrame({"who": column(survey.frame, link).cast(pl.String)}).with_row_index("row")
    found = found.filter(pl.col("who").is_not_null())
    twice = found.filter(pl.col("who").is_duplicated())
    if not twice.is_empty():
        raise DataError("a respondent stands twice in a wave", row=int(twice["row"][1]) + 1, column=link)
    return found.filter(pl.Series(survey.weights != 0).gather(found["row"]))


def _totals(
    survey: Survey, variables: Sequence[str], by: Sequence[str], side: _Side
) -> dict[tuple[Any, ...], tuple[FloatArray, BoolArray]]:
    """For each cell, variable and level: sums of linearised values by linked unit, and who answered."""
    cells = read_cells(survey.frame, by, survey.domain & (survey.weights != 0), None)
    keys = cells.keys.rows() if by else [()]
    found: dict[tuple[Any, ...], tuple[FloatArray, BoolArray]] = {}
    targets = [(name, target) for name in variables for target in of_levels(survey.frame, name)]
    for key, (start, end) in zip(keys, pairwise(cells.starts), strict=True):
        for name, target in targets:
            s, said = _linearised(survey, target, cells.rows[start:end])
            units: FloatArray = np.bincount(side.units, weights=s).astype(np.float64)
            found[(*key, name, target.level)] = (units[side.linked_units], said)
    return found


def _linearised(survey: Survey, target: Target, rows: IntArray) -> tuple[FloatArray, BoolArray]:
    said = np.zeros(len(survey.weights), dtype=np.bool_)
    said[rows] = True if target.valid is None else target.valid[rows]
    weight = survey.weights * said
    with np.errstate(all="ignore"):
        estimate = float(weight @ target.values) / float(weight.sum())
        influence = np.where(said, (target.values - estimate) / weight.sum(), 0.0)
    residual = survey.weighting.residual
    if residual is not None:
        influence = influence - residual.x @ (influence @ residual.functionals)
    return influence * survey.weights, said


def _covariance(u1: FloatArray, u2: FloatArray, pairs: _Pairs) -> float:
    if not len(pairs.strata):
        return 0.0
    counts = np.bincount(pairs.strata)
    with np.errstate(all="ignore"):
        centred = [u - (np.bincount(pairs.strata, weights=u) / counts)[pairs.strata] for u in (u1, u2)]
    factor = np.where(counts > 1, counts / np.maximum(counts - 1, 1), 0.0)[pairs.strata]
    return float((pairs.left * factor * centred[0] * centred[1]).sum())
