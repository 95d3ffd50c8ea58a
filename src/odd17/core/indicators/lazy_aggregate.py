"""Aggregate, lazily: the means of ``aggregate``, a level at a time.

Each level is one join with a small table of who is whose child, and one sum by unit and parent. The rows that are there
already go along as the only child of themselves, so that no level reads the table again.
"""

from __future__ import annotations

from collections.abc import Mapping

import narwhals as nw
import numpy as np
import polars as pl

from odd17.core.kernel import DataError, Message
from odd17.core.kernel.engines import LazyTable, beside, collected

from .aggregate import Aggregate, unsuited
from .frame import Frame
from .lazy_stage import LazyStage, first_wrong

_EDGES = {
    "code": pl.String,
    "parent": pl.String,
    "weight": pl.Float64,
    "method": pl.String,
    "power": pl.Float64,
    "children": pl.Float64,
}
_ITSELF = "itself"
_ENDLESS = float("inf")
_VALUE = nw.col("value")


def aggregated(step: Aggregate, stage: LazyStage, frame: Frame) -> LazyStage:
    """The stage with rows for every node beside those of the indicators.

    Raises DataError, naming unit and node, for a zero or a negative score under a method that takes none, and for an
    overflow. Reads the table once, for this check.
    """
    methods = step.methods(frame)
    rows = stage.table.select("unit", "code", "value").with_columns(unsuited=nw.lit(None, dtype=nw.Float64))
    there = list(stage.columns)
    for level in sorted({frame.by_code[code].level for code in frame.aggregates}):
        nodes = {code: methods[code] for code in frame.at_level(level)}
        rows = _scored(rows, _edges(step, frame, nodes, there), step.min_available)
        there += list(nodes)
    _refuse(rows, step, frame)
    return LazyStage(rows.select("unit", "code", "value"), frame.codes)


def _edges(step: Aggregate, frame: Frame, nodes: Mapping[str, str], there: list[str]) -> pl.DataFrame:
    """A row for each child of the nodes, and each code by itself. Every mean but the geometric is a power mean."""
    powers = {"arithmetic": 1.0, "geometric": 0.0, "harmonic": -1.0, "power": step.power or 1.0}
    rows = [(code, code, 1.0, _ITSELF, 1.0, 1.0) for code in there]
    for node, method in nodes.items():
        children = frame.children[node]
        rows += [
            (child, node, frame.by_code[child].weight, method, powers[method], float(len(children)))
            for child in children
        ]
    return pl.DataFrame(rows, schema=_EDGES, orient="row")


def _scored(rows: LazyTable, edges: pl.DataFrame, min_available: float) -> LazyTable:
    """Of each unit and parent: its ``value``, null where refused, and the least of the values that do not suit it."""
    power, weight, method = nw.col("power"), nw.col("weight"), nw.col("method")
    is_plain, is_log, is_itself = power == 1.0, power == 0.0, method == _ITSELF
    positive = nw.when(_VALUE > 0.0).then(_VALUE).otherwise(1.0)  # what is not is refused, or is a zero
    raised = nw.when((_VALUE == 0.0) & (power > 0.0)).then(0.0).otherwise(positive**power)
    moved = nw.when(is_plain).then(_VALUE).otherwise(nw.when(is_log).then(positive.log()).otherwise(raised))
    strict = (power <= 0.0) & (_VALUE <= 0.0)
    refused = nw.when(strict | ((method == "power") & (_VALUE < 0.0))).then(_VALUE)
    present = ~_VALUE.is_null()
    summed = (
        rows.join(beside(edges, rows), on="code", how="inner")
        .with_columns(
            moved=nw.when(present).then(moved * weight),
            weight=nw.when(present).then(weight),
            unsuited=nw.when(is_itself).then(nw.col("unsuited")).otherwise(refused),
        )
        .group_by("unit", "parent")
        .agg(
            nw.col("moved", "weight").sum(),
            nw.col("method", "power", "children").max(),
            nw.col("unsuited").min(),
            available=_VALUE.count(),
        )
    )
    share = nw.col("available") / nw.col("children")
    enough = (nw.col("available") > 0) & (is_itself | (share >= min_available))
    mean = nw.col("moved") / weight
    root = nw.when(is_log).then(1.0).otherwise(power)
    lowered = nw.when(mean == 0.0).then(0.0).otherwise(nw.when(mean > 0.0).then(mean).otherwise(1.0) ** (1.0 / root))
    value = nw.when(is_plain).then(mean).otherwise(nw.when(is_log).then(mean.exp()).otherwise(lowered))
    return summed.select(
        "unit",
        nw.col("parent").alias("code"),
        nw.when(enough & (weight > 0.0)).then(value).alias("value"),
        nw.when(enough | is_itself).then(nw.col("unsuited")).alias("unsuited"),
    )


def _refuse(rows: LazyTable, step: Aggregate, frame: Frame) -> None:
    refused, endless = ~nw.col("unsuited").is_null(), _VALUE.abs() == _ENDLESS
    wrong = collected(rows.filter(refused | endless).select("code").unique())["code"].to_list()
    if not wrong:
        return
    # the lowest node first: what stands above it is wrong because of it
    code = min(wrong, key=[*frame.indicators, *frame.aggregates].index)
    at_code = nw.col("code") == code
    found = first_wrong(rows, at_code & refused, "unit") or first_wrong(rows, at_code & endless, "unit")
    unit = None if found is None else found[0]
    method, children = step.methods(frame).get(code, ""), frame.children.get(code, ())
    below = collected(rows.filter(nw.col("unit") == unit, nw.col("code").is_in(children)).select("code", "value"))
    values = dict(below.iter_rows())
    for child in children:
        if unsuited(method, np.array([values[child]], dtype=np.float64), step.power).any():
            raise DataError(
                Message(
                    "the {method} aggregation of node {code!r} takes no zero or negative score: unit {unit!r}",
                    method=method,
                    code=code,
                    unit=unit,
                ),
                column=child,
                value=values[child],
                remedy="normalise to values above zero (low=1), or take another aggregation",
            )
    raise DataError(Message("a step overflows for unit {unit!r}", unit=unit), column=code, remedy="rescale the column")
