"""Normalise, lazily: every method is ``(x - centre) / scale × factor + offset`` once each whole column is known."""

from __future__ import annotations

from typing import Any, NamedTuple

import narwhals as nw
import polars as pl

from odd17.core.kernel import DataError, Message, UsageError

from .frame import Frame
from .lazy_stage import LazyStage
from .normalise import Normalise

_BY_RANK = ("rank", "borda", "percentile")


class Scale(NamedTuple):
    """What is done to one column; what falls under ``floor`` or over ``cap`` is brought there."""

    centre: float
    scale: float
    factor: float = 1.0
    offset: float = 0.0
    floor: float = -float("inf")
    cap: float = float("inf")


Facts = dict[str, Any]
"""Least, most, mean, standard deviation and number of the values present of a column, in its direction."""


def normalised(step: Normalise, stage: LazyStage, frame: Frame) -> LazyStage:
    """The stage with every indicator on one scale, in its direction. Reads the table once."""
    value, is_reference = nw.col("value"), nw.col("unit") == step.reference
    found = stage.facts(
        least=value.min(),
        most=value.max(),
        mean=value.mean(),
        sd=value.std(ddof=1),
        count=value.count(),
        reference=nw.when(is_reference).then(value).max(),
        found=nw.when(is_reference).then(nw.lit(1.0)).max(),
    )
    rows = []
    for row in found.iter_rows(named=True):
        code = row["code"]
        direction = frame.by_code[code].direction
        scale = _scale(step, frame, code, row if direction > 0 else _turned(row))
        if scale is not None and scale.scale != 0.0:
            rows.append((code, float(direction), *scale))
    schema = {"code": pl.String, **dict.fromkeys(("direction", *Scale._fields), pl.Float64)}
    scaled = stage.joined(pl.DataFrame(rows, schema=schema, orient="row"), on=["code"])
    scaled = scaled.valued(value * nw.col("direction"))
    if step.method in _BY_RANK:
        scaled = scaled.valued(value.rank("min").over("code").cast(nw.Float64))
    exact = (value - nw.col("centre")) / nw.col("scale") * nw.col("factor") + nw.col("offset")
    held = nw.when(exact < nw.col("floor")).then(nw.col("floor")).otherwise(exact)
    done = scaled.valued(nw.when(exact > nw.col("cap")).then(nw.col("cap")).otherwise(held))
    return LazyStage(done.table.drop("direction", *Scale._fields), stage.columns)


def _turned(of: Facts) -> Facts:
    """The facts of a column whose sign is turned."""
    signs = {"least": "most", "most": "least", "mean": "mean", "reference": "reference"}
    return of | {name: None if of[other] is None else -of[other] for name, other in signs.items()}


def _scale(step: Normalise, frame: Frame, code: str, of: Facts) -> Scale | None:
    """None where the method is not defined on the column; so is a scale of zero."""
    if of["count"] == 0:
        return None
    least, most, node = of["least"], of["most"], frame.by_code[code]
    low, high = step.low or 0.0, step.high or 0.0
    match step.method:
        case "minmax":
            return Scale(least, most - least, high - low, low)
        case "zscore":
            # a constant column has a standard deviation of rounding alone
            return None if least == most else Scale(of["mean"], of["sd"], step.sd or 1.0, step.mean or 0.0)
        case "rank":
            return Scale(0.0, 1.0)
        case "borda":
            return Scale(1.0, 1.0)
        case "percentile":
            return Scale(1.0, of["count"] - 1.0)
        case "fraction_of_max":
            return Scale(0.0, most)
        case "distance_to_max":
            return Scale(most, most - least, offset=1.0)
        case "distance_to_reference":
            if of["found"] is None:
                raise UsageError(Message("no unit of reference {unit!r}", unit=step.reference))
            reference = of["reference"]
            return None if reference is None else Scale(reference, reference - least, offset=1.0)
        case "distance_to_target":
            if node.target is None:
                raise DataError(
                    Message("indicator {code!r} has no target", code=code),
                    column="target",
                    remedy="give it in the frame",
                )
            target = node.target * node.direction
            if target < least:
                raise UsageError(
                    Message(
                        "the target {target:g} is below every value, in the direction of the indicator", target=target
                    )
                )
            return Scale(least, target - least)
        case _:
            posts = step.goalposts or {}
            if code not in posts:
                raise UsageError(Message("indicator {code!r} has no goalposts", code=code))
            bottom, top = sorted(post * node.direction for post in posts[code])
            return Scale(bottom, top - bottom, high - low, low, low, high)
