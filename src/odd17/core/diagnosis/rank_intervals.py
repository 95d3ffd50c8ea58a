"""How far a rank would move had our choices been others: the index of each node drawn again and again.

Source: Saisana, Saltelli & Tarantola (2005), J. R. Statist. Soc. A 168(2); OECD/JRC *Handbook* (2008), step 7. The
ranges are those of the frame (``UncertaintyRanges``); why they are what they are stands in docs/method/ranks.md.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np
import polars as pl

from odd17.core.indicators.frame import Frame
from odd17.core.indicators.normalise import Normalise, lowest, zscore
from odd17.core.indicators.pipeline import Fit, run
from odd17.core.indicators.rank import RankArray
from odd17.core.indicators.rank_store import RankStore
from odd17.core.indicators.stage import FloatArray, Inputs, IntArray
from odd17.core.indicators.uncertainty import Uncertainty
from odd17.core.indicators.uncertainty_ranges import UncertaintyRanges
from odd17.core.indicators.weight import Noise

from .class_places import class_places

SPREAD: Final = 10.0
"""Standard deviation of the standardised scale that is tried: a z-score spreads about as far as 0 to 100 does."""

MIDDLE: Final = 50.0
"""Its mean, raised where a value would not be above zero: a geometric mean takes none."""

INTERVALS: dict[str, type[pl.DataType] | pl.DataType] = {
    "territory": pl.String,
    "rank_low": pl.Int32,
    "rank_median": pl.Int32,
    "rank_high": pl.Int32,
    "class_rank_low": pl.Int32,
    "class_rank_high": pl.Int32,
}
"""The columns of an interval: null where there is no rank."""


@dataclass(frozen=True, slots=True)
class NodeRanks:
    """The intervals of a node (columns ``INTERVALS``, one row a peer), and what was drawn, for the method log."""

    intervals: pl.DataFrame
    drawn: dict[str, Any]


def decided_alone(frame: Frame) -> frozenset[str]:
    """The nodes under which there is a single indicator: no weight, scale or mean can move their ranks.

    Every scale and mean that is tried keeps the order of one column of values.
    """
    below = dict.fromkeys(frame.indicators, 1)
    for code in frame.aggregates:
        below[code] = sum(below[child] for child in frame.children[code])
    return frozenset(code for code in frame.aggregates if below[code] == 1)


def rank_intervals(
    fit: Fit, ranges: UncertaintyRanges, *, nodes: Collection[str], replicates: int, classes: pl.Series
) -> Iterator[tuple[str, NodeRanks]]:
    """Each of ``nodes`` that has two indicators or more under it, with the intervals of its ranks.

    ``fit`` is the index of the peers; ``classes`` holds the class of population of each, or nulls. Each node is an
    index of its own, so that what moves its ranks is what lies under it. The same arguments give the same bytes.
    """
    alone = decided_alone(fit.frame)
    numbers: IntArray = classes.rank("dense").fill_null(0).cast(pl.Int64).to_numpy()
    for node in fit.frame.codes:
        if node in nodes and node not in alone:
            yield node, _drawn(branch(fit, node), ranges, replicates, numbers)


def replicated_ranks(
    fit: Fit, ranges: UncertaintyRanges, *, nodes: Collection[str], replicates: int
) -> dict[str, RankArray]:
    """The ranks behind the intervals of ``rank_intervals``: by node, replicates × peers of the index, 0 where missing.

    A node that a single indicator decides is left out. Beyond 65,535 peers, neighbouring ranks share a number.
    """
    alone = decided_alone(fit.frame)
    found: dict[str, RankArray] = {}
    for node in fit.frame.codes:
        if node in nodes and node not in alone:
            part = branch(fit, node)
            analysis = Uncertainty(part, choices_of(part, ranges), n=replicates, seed=ranges.seed)
            found[node] = analysis.replicated(part.frame.root).kept
    return found


def branch(fit: Fit, node: str) -> Fit:
    """The part of an index that lies under ``node``, which becomes its root; steps that fit any frame are kept."""
    frame = fit.frame
    kept = {node}
    for code in reversed(frame.aggregates):  # parents before their children
        if code in kept:
            kept.update(frame.children[code])
    nodes = (replace(item, parent=None) if item.code == node else item for item in frame.nodes if item.code in kept)
    part = Frame(tuple(nodes))
    raw = fit.inputs.raw
    columns = [at for at, code in enumerate(raw.columns) if code in kept]
    values = np.asfortranarray(raw.values[:, columns])
    inputs = Inputs(replace(raw, columns=tuple(raw.columns[at] for at in columns), values=values), {})
    return Fit(part, fit.steps, inputs, run(part, fit.steps, inputs))


def choices_of(fit: Fit, ranges: UncertaintyRanges) -> dict[str, object]:
    """What ``Uncertainty`` is asked to vary. Min-max runs from 1, so that every mean can be taken of it."""
    return {"Normalise": _scales(fit, ranges), "Aggregate": list(ranges.aggregation), "weights": Noise(ranges.weights)}


def _scales(fit: Fit, ranges: UncertaintyRanges) -> list[Normalise]:
    made = {
        "minmax": lambda: Normalise("minmax", low=1.0, high=100.0),
        "zscore": lambda: standardised(fit.inputs.raw.values, fit.frame),
    }
    return [made[name]() for name in ranges.normalisation]


def standardised(values: FloatArray, frame: Frame) -> Normalise:
    """The z-score of units × indicators about a mean at which every value is above zero."""
    columns = zip(values.T, frame.directions, strict=True)
    deepest = np.array([lowest(zscore(column * direction)) for column, direction in columns])
    least = float(np.fmin.reduce(deepest, initial=np.nan))
    mean = MIDDLE if math.isnan(least) else max(MIDDLE, float(math.ceil(1.0 - SPREAD * least)))
    return Normalise("zscore", mean=mean, sd=SPREAD)


def _drawn(fit: Fit, ranges: UncertaintyRanges, replicates: int, classes: IntArray) -> NodeRanks:
    analysis = Uncertainty(fit, choices_of(fit, ranges), n=replicates, seed=ranges.seed)
    low, high = _class_quantiles(analysis, classes, ranges.level)
    table = analysis.ranks(level=ranges.level).select(
        pl.col("unit").alias("territory"),
        pl.col("low").alias("rank_low"),
        pl.col("median").alias("rank_median"),
        pl.col("high").alias("rank_high"),
        low.alias("class_rank_low"),
        high.alias("class_rank_high"),
    )
    scales = [scale.to_json(fit.frame) for scale in _scales(fit, ranges)]
    drawn = {"indicators": len(fit.frame.indicators), "replicates": replicates, "normalisation": scales}
    return NodeRanks(table, drawn)


def _class_quantiles(analysis: Uncertainty, classes: IntArray, level: float) -> tuple[pl.Series, pl.Series]:
    if not classes.any():
        empty = pl.Series([None] * len(classes), dtype=pl.Int32)
        return empty, empty
    places, ranked = class_places(classes), analysis.replicated(analysis.fit.frame.root)
    within = RankStore(analysis.n, len(classes), highest=ranked.highest)
    within.kept = places(ranked.kept)
    low, _, high = (
        pl.Series(found.astype(np.int32)).replace(0, None)
        for found in within.quantiles((1 - level) / 2, (1 + level) / 2)
    )
    return low, high
