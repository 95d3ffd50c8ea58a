"""Denominate: divide indicators by the size of the unit, so that large and small can be compared.

Source: OECD/JRC, *Handbook on Constructing Composite Indicators* (2008), step 2 (scaling by size).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np

from odd17.core.kernel import DataError, Message, UsageError

from .frame import Frame
from .side_table import SideTable
from .stage import FloatArray, Stage
from .step import Context, Note, Step


def denominated(x: FloatArray, denominator: FloatArray) -> FloatArray:
    """``x / denominator``, missing where either is. The denominator holds no zero.

    >>> denominated(np.array([6.0, np.nan]), np.array([2.0, 4.0])).tolist()
    [3.0, nan]
    """
    ratio: FloatArray = x / denominator
    return ratio


@dataclass(frozen=True)
class Denominate(Step):
    """Divide each indicator that the frame gives a ``denominator`` by that column.

    The columns are those of the side table ``by``, whose units are in the column ``on``; without ``by``, columns of
    the values themselves. A missing denominator gives a missing ratio; a zero is refused with a DataError naming the
    unit, and so is a unit that the side table lacks.
    """

    by: Any = None
    on: str | None = None

    stage: ClassVar[str] = "denominated"
    place: ClassVar[int] = 0

    def __post_init__(self) -> None:
        if (self.by is None) != (self.on is None):
            raise UsageError("Denominate(by=table, on='code'): give both, or neither for columns of the values")

    def attributes(self, frame: Frame) -> tuple[str, ...]:
        """The denominators, where they are columns of the values."""
        return self.names(frame) if self.by is None else ()

    def side_tables(self, frame: Frame) -> dict[str, SideTable]:
        """The columns of ``by`` that the frame names."""
        if self.by is None or self.on is None:
            return {}
        return {"by": SideTable.read(self.by, on=self.on, columns=self.names(frame))}

    def apply(self, stage: Stage, context: Context) -> tuple[Stage, Note]:
        """The stage with ratios in place of sizes; notes what was divided by what."""
        names = self.names(context.frame)
        divisors = self._divisors(names, stage, context)
        values = stage.values.copy(order="F")
        done: dict[str, str] = {}
        for at, code in enumerate(stage.columns):
            name = context.frame.by_code[code].denominator
            if name is not None:
                values[:, at] = denominated(stage.values[:, at], divisors[:, names.index(name)])
                done[code] = name
        return stage.moved(self.stage, values), {"divided": done}

    def names(self, frame: Frame) -> tuple[str, ...]:
        """The denominators that the frame names."""
        return tuple(sorted({node.denominator for node in frame.nodes if node.level == 1 and node.denominator}))

    def _divisors(self, names: tuple[str, ...], stage: Stage, context: Context) -> FloatArray:
        side = self.side_tables(context.frame).get("by")
        if side is not None:
            divisors = side.aligned(stage.units)
        else:
            divisors = np.empty((len(stage.units), len(names)))
            for at, name in enumerate(names):
                divisors[:, at] = [
                    _number(value, unit, name)
                    for unit, value in zip(stage.units, context.attribute(name, stage), strict=True)
                ]
        zeros = np.argwhere(divisors == 0)
        if zeros.size:
            row, at = (int(position) for position in zeros[0])
            raise DataError(
                Message("denominator of zero for unit {unit!r}", unit=stage.units[row]), column=names[at], value=0.0
            )
        return divisors


def _number(value: object, unit: str, column: str) -> float:
    if value is None:
        return float("nan")
    if isinstance(value, bool) or not isinstance(value, int | float) or value in (float("inf"), -float("inf")):
        raise DataError(Message("not a denominator, for unit {unit!r}", unit=unit), column=column, value=value)
    return float(value)
