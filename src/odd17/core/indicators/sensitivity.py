"""Sensitivity: which choices move the ranks, and what each part of the frame is worth.

Sources: Saltelli, Annoni, Azzini, Campolongo, Ratto & Tarantola (2010), *Variance based sensitivity analysis of model
output*, Comput. Phys. Commun. 181(2), doi:10.1016/j.cpc.2009.09.018 (estimators, as SALib computes them); Saisana,
Saltelli & Tarantola (2005), J. R. Statist. Soc. A 168(2) (their use on ranks).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from importlib import import_module
from typing import Any

import numpy as np
import polars as pl

from odd17.core.kernel import UsageError

from .aggregate import Aggregate
from .frame import Frame
from .pipeline import Fit, run
from .rank import ranks
from .stage import FloatArray, Inputs
from .step import Step

Model = Callable[[FloatArray], FloatArray]
"""From points of the unit cube (runs × factors) to one number a run."""


def sobol_indices(
    model: Model, factors: Sequence[str], *, base: int, seed: int, n_boot: int = 500, level: float = 0.95
) -> pl.DataFrame:
    """First-order and total Sobol indices of a model of independent factors, each even on [0, 1].

    ``base`` (a power of 2) points of a scrambled Sobol sequence cost ``base × (factors + 2)`` runs. Columns: factor,
    first, first_low, first_high, total, total_low, total_high; intervals of ``level`` from ``n_boot`` bootstrap
    resamples. ``first`` is the share of the variance that a factor explains alone, ``total`` with all its
    interactions. Where every run gives the same number there is no variance to share, and all are null.
    Raises UsageError where SALib, the extra ``sensitivity``, is not installed.
    """
    problem = {"num_vars": len(factors), "names": list(factors), "bounds": [[0.0, 1.0]] * len(factors)}
    points = _salib("sample").sample(problem, base, calc_second_order=False, scramble=True, seed=seed + 1)
    y = np.asarray(model(np.minimum(points, np.nextafter(1.0, 0.0))), dtype=np.float64)
    names = ("first", "first_low", "first_high", "total", "total_low", "total_high")
    if y.min() == y.max():
        nothing = pl.Series([None] * len(factors), dtype=pl.Float64)
        return pl.DataFrame({"factor": list(factors), **dict.fromkeys(names, nothing)})
    # its seed must not be 0, which it takes for none
    found = _salib("analyze").analyze(
        problem, y, calc_second_order=False, num_resamples=n_boot, conf_level=level, seed=seed + 1
    )
    columns = {
        name: np.asarray(found[key]) + sign * np.asarray(found[f"{key}_conf"])
        for key, prefix in (("S1", "first"), ("ST", "total"))
        for name, sign in ((prefix, 0.0), (f"{prefix}_low", -1.0), (f"{prefix}_high", 1.0))
    }
    return pl.DataFrame({"factor": list(factors), **columns})


def left_out(fit: Fit, level: str | int) -> pl.DataFrame:
    """What the ranks of the root become without each node of a level, and all that stands below it.

    Columns: left_out, mean_abs_rank_shift, max_abs_rank_shift, units (with a rank both ways). The index is done again
    from the raw values, every step included. Null where nothing is left to rank.
    """
    frame = fit.frame
    codes = frame.at_level(level)
    if codes == (frame.root,):
        raise UsageError("the root cannot be left out")
    nominal = _root_ranks(fit)
    rows: list[dict[str, Any]] = []
    for code in codes:
        others = _root_ranks(without(fit, code))
        shifts = np.array([abs(rank - others[unit]) for unit, rank in nominal.items() if unit in others])
        rows.append(
            {
                "left_out": code,
                "mean_abs_rank_shift": float(shifts.mean()) if len(shifts) else None,
                "max_abs_rank_shift": int(shifts.max()) if len(shifts) else None,
                "units": len(shifts),
            }
        )
    schema = {"left_out": pl.String, "mean_abs_rank_shift": pl.Float64, "max_abs_rank_shift": pl.Int64}
    return pl.DataFrame(rows, schema={**schema, "units": pl.Int64})


def without(fit: Fit, code: str) -> Fit:
    """The same index without a node and all that stands below it; a parent left without children stays, empty."""
    frame = fit.frame
    gone = {code}
    for node in sorted(frame.nodes, key=lambda node: -node.level):
        if node.parent in gone:
            gone.add(node.code)
    nodes = tuple(node for node in frame.nodes if node.code not in gone)
    levels = {node.level for node in nodes}
    names = {level: name for level, name in frame.level_names.items() if level in levels}
    smaller = Frame(nodes, names)
    raw = fit.inputs.raw
    kept = [at for at, column in enumerate(raw.columns) if column not in gone]
    columns = tuple(raw.columns[at] for at in kept)
    inputs = Inputs(replace(raw, columns=columns, values=raw.values[:, kept]), fit.inputs.attributes)
    steps = tuple(_fitting(step, smaller) for step in fit.steps)
    return Fit(smaller, steps, inputs, run(smaller, steps, inputs))


def _fitting(step: Step, frame: Frame) -> Step:
    if not isinstance(step, Aggregate):
        return step
    known = {*frame.aggregates, *frame.level_names.values(), *(str(node.level) for node in frame.nodes)}
    return replace(step, at={key: method for key, method in step.at.items() if str(key) in known})


def _root_ranks(fit: Fit) -> dict[str, float]:
    stage = fit.run.stages[-1]
    found = ranks(stage.values[:, stage.columns.index(fit.frame.root)])
    return {unit: rank for unit, rank in zip(stage.units, found.tolist(), strict=True) if rank == rank}


def _salib(part: str) -> Any:
    # loaded when asked for: SALib brings pandas and matplotlib, which nothing else here needs
    try:
        return import_module(f"SALib.{part}.sobol")
    except ImportError as error:
        raise UsageError("Sobol indices need SALib: install odd17 with its extra 'sensitivity'") from error
