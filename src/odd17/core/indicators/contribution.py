"""How much each indicator brings to the root's score of one unit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from .aggregate import Aggregate
from .frame import Frame
from .stage import FloatArray
from .step import Step


def contributions(frame: Frame, steps: Sequence[Step], scores: Mapping[str, float]) -> dict[str, float]:
    """``x ∂root/∂x`` of every code, by the chain rule from the root down; NaN where it is not defined."""
    aggregate = next(step for step in steps if isinstance(step, Aggregate))
    methods = aggregate.methods(frame)
    root = scores[frame.root]
    slope = {frame.root: 1.0 if not np.isnan(root) else np.nan}
    for code in reversed(frame.aggregates):
        children = frame.children[code]
        x = np.array([scores[child] for child in children])
        weights = np.array([frame.by_code[child].weight for child in children])
        if np.isnan(scores[code]):
            # a missing child counts for nothing, and what lies below it neither
            slope |= dict.fromkeys(children, slope[code])
            continue
        for child, part in zip(children, slopes(methods[code], x, weights, scores[code], aggregate.power), strict=True):
            slope[child] = slope[code] * float(part)
    return {code: slope[code] * (0.0 if np.isnan(score) else score) for code, score in scores.items()}


def slopes(method: str, x: FloatArray, weights: FloatArray, score: float, power: float | None = None) -> FloatArray:
    """The partial derivative of a node's score by each child: 0 for a missing child, NaN where there is none."""
    present = ~np.isnan(x)
    share = np.where(present, weights, 0.0)
    share = share / share.sum()
    x = np.where(present, x, 1.0)
    exponent = {"arithmetic": 1.0, "geometric": 0.0, "harmonic": -1.0, "power": power}.get(method)
    # means of power p: ∂M/∂x = w (x / M)^(p - 1); the geometric mean is the limit p = 0
    with np.errstate(divide="ignore", invalid="ignore"):
        slope = np.full(x.shape, np.nan) if exponent is None else share * (x / score) ** (exponent - 1.0)
    found: FloatArray = np.where(present, slope, 0.0)
    return found
