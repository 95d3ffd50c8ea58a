"""Variance of a total under the design: sums of squares between units of a stratum, stage by stage.

For a linearised value s (weight times influence) of each respondent, with u its sums by unit::

    V = sum over stages and strata of share (1 - f) n / (n - 1) sum over units of (u - mean u)²

where n counts all units drawn in the stratum, those outside the domain standing for zero, and ``share`` is the product
of the shares drawn at the stages before. Sources: Särndal, Swensson and Wretman (1992), 4.3.1; Binder, *International
Statistical Review* 51 (1983), 279-292; Lumley, *Complex Surveys* (2010), 2.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .columns import BoolArray, FloatArray, IntArray
from .design import Design, Stage


@dataclass(frozen=True)
class Nesting:
    """Where cells, strata and units of one stage start among the rows of cells, the end included.

    ``units`` is None where each row is a unit. ``stratum`` is the code of each stratum met.
    """

    stage: Stage
    stratum: IntArray
    cells: IntArray
    strata: IntArray
    units: IntArray | None


def nest(design: Design, rows: IntArray, starts: IntArray) -> tuple[Nesting, ...]:
    """The nesting of every stage in rows that are sorted by cell, then as the design is."""
    found: list[Nesting] = []
    fresh = np.zeros(len(rows), dtype=np.bool_)
    fresh[starts[:-1]] = True
    end = np.array([len(rows)], dtype=np.int64)
    for stage in design.stages:
        strata, units = stage.strata[rows], stage.units[rows]
        new_stratum = fresh.copy()
        new_stratum[1:] |= strata[1:] != strata[:-1]
        at_stratum = np.flatnonzero(new_stratum)
        cells = np.searchsorted(at_stratum, starts)
        if design.simple:
            found.append(Nesting(stage, strata[at_stratum], cells, np.concatenate([at_stratum, end]), None))
            continue
        new_unit = new_stratum.copy()
        new_unit[1:] |= units[1:] != units[:-1]
        at_unit = np.concatenate([np.flatnonzero(new_unit), end])
        found.append(
            Nesting(
                stage,
                strata[at_stratum],
                cells,
                np.searchsorted(at_unit, np.concatenate([at_stratum, end])),
                at_unit,
            )
        )
    return tuple(found)


def variances(nesting: tuple[Nesting, ...], lonely_psu: str, s: FloatArray, first: int, last: int) -> FloatArray:
    """Variance of each target in the cells ``first`` to ``last`` - 1, shaped (targets, cells).

    ``s`` are the linearised values, shaped (targets, rows of these cells).
    """
    total = np.zeros((len(s), last - first))
    for at in nesting:
        total += _of_stage(at, lonely_psu, s, first, last)
    return total


def _of_stage(at: Nesting, lonely_psu: str, s: FloatArray, first: int, last: int) -> FloatArray:
    cells = at.cells[first : last + 1]
    strata = at.strata[cells[0] : cells[-1] + 1]
    stratum = at.stratum[cells[0] : cells[-1]]
    if at.units is None:
        values = s
    else:
        units = at.units[strata[0] : strata[-1] + 1]
        values = np.add.reduceat(s, units[:-1] - units[0], axis=1)
    starts, present = strata[:-1] - strata[0], np.diff(strata)
    counts, coefficients = at.stage.counts[stratum], at.stage.coefficients[stratum]
    means = np.add.reduceat(values, starts, axis=1) / counts
    lonely = np.isin(stratum, at.stage.lonely) if len(at.stage.lonely) else None
    if lonely is not None and lonely_psu == "adjust":
        # around the mean of the whole population, which linearised values have at zero (Lumley, survey.lonely.psu)
        means[:, lonely] = 0.0
        coefficients = np.where(lonely, at.stage.share[stratum] * at.stage.left[stratum], coefficients)
    centred = values - (means if len(present) == 1 else np.repeat(means, present, axis=1))
    np.multiply(centred, centred, out=centred)
    squares = np.add.reduceat(centred, starts, axis=1)
    squares += (counts - present) * means**2  # the units drawn that have nobody in the domain
    squares *= coefficients
    of_cell = cells[:-1] - cells[0]
    found: FloatArray = squares if len(of_cell) == len(stratum) else np.add.reduceat(squares, of_cell, axis=1)
    if lonely is not None and lonely_psu == "average":
        known = np.add.reduceat((~lonely).astype(np.float64), of_cell)
        with np.errstate(divide="ignore", invalid="ignore"):
            found = found * (np.diff(cells) / known)
    return found


def degrees_of_freedom(at: Nesting, valid: BoolArray | None, first: int, last: int) -> IntArray:
    """Units less strata that the cells have, at the first stage; ``valid`` (targets, rows) leaves respondents out."""
    cells = at.cells[first : last + 1]
    strata = at.strata[cells[0] : cells[-1] + 1]
    if valid is None:
        units_of_cell = at.strata[cells[1:]] - at.strata[cells[:-1]]
        return np.asarray(units_of_cell - np.diff(cells), dtype=np.int64)[None, :]
    present = valid
    if at.units is not None:
        units = at.units[strata[0] : strata[-1] + 1]
        present = np.logical_or.reduceat(valid, units[:-1] - units[0], axis=1)
    starts = strata[:-1] - strata[0]
    in_stratum = np.add.reduceat(present.astype(np.int64), starts, axis=1)
    freedom = in_stratum - (in_stratum > 0)
    found: IntArray = np.add.reduceat(freedom, cells[:-1] - cells[0], axis=1)
    return found


def bilinear(nesting: tuple[Nesting, ...], design: Design, g: FloatArray) -> FloatArray:
    """K such that the covariance of the totals of any s and of ``g`` (rows in order, columns) is ``s @ K``.

    ``nesting`` is that of the whole sample as one cell. Lonely strata count as they do in ``variances``.
    """
    found = np.zeros_like(g)
    for at in nesting:
        values = g if at.units is None else np.add.reduceat(g, at.units[:-1], axis=0)
        counts, coefficients = at.stage.counts[at.stratum], at.stage.coefficients[at.stratum]
        means = np.add.reduceat(values, at.strata[:-1], axis=0) / counts[:, None]
        lonely = at.stage.lonely
        if len(lonely) and design.lonely_psu == "adjust":
            single = np.isin(at.stratum, lonely)
            means[single] = 0.0
            coefficients = np.where(single, at.stage.share[at.stratum] * at.stage.left[at.stratum], coefficients)
        if len(lonely) and design.lonely_psu == "average":
            coefficients = coefficients * (len(at.stratum) / max(1, len(at.stratum) - len(lonely)))
        present = np.diff(at.strata)
        k = (values - np.repeat(means, present, axis=0)) * np.repeat(coefficients, present)[:, None]
        found += k if at.units is None else np.repeat(k, np.diff(at.units), axis=0)
    return found
