"""The nominal index over a lazy table: scores and ranks on the engine that holds the values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import narwhals as nw

from .denominate import Denominate
from .frame import Frame
from .lazy_stage import lengthened, read_wide
from .lazy_steps import apply_lazy, check_lazy, denominated
from .log import lazy_log
from .step import Step


@dataclass(frozen=True, eq=False)
class LazyResult:
    """A nominal index as lazy tables of the engine of its values: a ``LazyFrame`` of Polars, or of PySpark.

    ``scores`` and ``ranks`` have the columns of ``Result.scores`` and ``Result.ranks``; rows come in no order. ``log``
    holds the frame and the steps, as ``odd17.replay`` reads them.
    """

    scores: Any
    ranks: Any
    log: dict[str, Any]


def fit_lazy(frame: Frame, steps: Sequence[Step], values: Any, unit: str) -> LazyResult:
    """See ``Index.fit_lazy``."""
    check_lazy(frame, steps)
    attributes = {name for step in steps for name in step.attributes(frame)}
    first = steps[0] if isinstance(steps[0], Denominate) else None
    divisors = set() if first is None else set(first.attributes(frame))
    wide = read_wide(values, unit=unit, indicators=frame.indicators, attributes=attributes, divisors=divisors)
    if first is not None:
        wide = denominated(first, wide, frame)
    stage = lengthened(wide, frame.indicators, sorted(attributes))
    for step in steps:
        stage = apply_lazy(step, stage, frame)
    value = nw.col("value")
    rank = value.rank("min", descending=True).over("code").cast(nw.Int32)
    log = lazy_log(frame, steps, unit, stage.table.implementation.value)
    return LazyResult(stage.wide(value).to_native(), stage.wide(rank).to_native(), log)
