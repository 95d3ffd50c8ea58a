"""Aggregate: from indicators to nodes, level by level, weights renormalised over what is present.

Formulas: OECD/JRC, *Handbook on Constructing Composite Indicators* (2008), step 6 and its section on aggregation.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import ClassVar

import numpy as np

from odd17.core.kernel import UsageError

from .choose import one_of
from .frame import Frame
from .stage import FloatArray, Stage
from .step import Context, Note, Step


def arithmetic(x: FloatArray, weights: FloatArray) -> FloatArray:
    """``Σ w x / Σ w`` over the values present of each row (units × children); NaN where none weighs anything.

    >>> arithmetic(np.array([[1.0, 4.0], [np.nan, 4.0]]), np.array([2.0, 1.0])).tolist()
    [2.0, 4.0]
    """
    present = ~np.isnan(x)
    total = present @ weights
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(total > 0, (np.where(present, x, 0.0) @ weights) / total, np.nan)


METHODS: dict[str, Callable[[FloatArray, FloatArray], FloatArray]] = {"arithmetic": arithmetic}
"""What turns units × children and weights into one score a unit."""


def enough(x: FloatArray, min_available: float) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Which rows have at least this share of their columns present, counted, not weighed."""
    if x.shape[1] == 0:
        return np.zeros(x.shape[0], dtype=bool)
    available: np.ndarray[tuple[int], np.dtype[np.bool_]] = (
        np.count_nonzero(~np.isnan(x), axis=1) / x.shape[1] >= min_available
    )
    return available


@dataclass(frozen=True)
class Aggregate(Step):
    """Score every node from its direct children, from the lowest level up.

    ``method`` is used everywhere but where ``at`` names another, for a node (its code) or a level (its name or
    number); a node wins over its level. A node is missing for a unit of which less than ``min_available`` (a share,
    0 to 1) of the node's direct children are present: children are counted, not weighed, and a child that is itself
    refused, or that has no indicator at all, counts as missing. Without ``min_available`` one child is enough.
    """

    method: str = "arithmetic"
    at: Mapping[str | int, str] = field(default_factory=dict)
    min_available: float = 0.0

    stage: ClassVar[str] = "aggregated"
    place: ClassVar[int] = 5

    def __post_init__(self) -> None:
        one_of(self.method, METHODS, "aggregation")
        for method in self.at.values():
            one_of(method, METHODS, "aggregation")
        if not 0.0 <= self.min_available <= 1.0:
            raise UsageError(f"min_available is a share from 0 to 1, not {self.min_available!r}")

    def methods(self, frame: Frame) -> dict[str, str]:
        """The method of each node above level 1; UsageError where ``at`` names what the frame has not."""
        chosen = dict.fromkeys(frame.aggregates, self.method)
        levels = {name: level for level, name in frame.level_names.items()}
        numbers = {str(node.level): node.level for node in frame.nodes if node.level > 1}
        for key, method in self.at.items():
            known = one_of(str(key), [*frame.aggregates, *levels, *numbers], "node or level")
            if known not in chosen:
                level = levels[known] if known in levels else numbers[known]
                chosen |= dict.fromkeys(frame.at_level(level), method)
        return chosen | {str(key): method for key, method in self.at.items() if str(key) in chosen}

    def apply(self, stage: Stage, context: Context) -> tuple[Stage, Note]:
        """The aggregated stage: every code of the frame, the root first; notes how many units each node is missing."""
        frame = context.frame
        scores = {code: stage.values[:, at] for at, code in enumerate(stage.columns)}
        nobody = np.full(len(stage.units), np.nan)
        for code, method in self.methods(frame).items():
            children = frame.children[code]
            x = np.column_stack([scores[child] for child in children]) if children else nobody[:, None][:, :0]
            weights = np.array([frame.by_code[child].weight for child in children], dtype=np.float64)
            kept = enough(x, self.min_available)
            score = nobody.copy()
            score[kept] = METHODS[method](x[kept], weights)
            scores[code] = score
        values = np.column_stack([scores[code] for code in frame.codes])
        missing = {code: int(np.isnan(scores[code]).sum()) for code in frame.aggregates}
        return Stage(self.stage, stage.units, stage.rows, frame.codes, values), {"missing": missing}
