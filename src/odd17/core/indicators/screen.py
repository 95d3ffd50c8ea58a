"""Screen: leave out the units of which too little is known.

Source: OECD/JRC, *Handbook on Constructing Composite Indicators* (2008), step 2 (data selection).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from odd17.core.kernel import Message, UsageError

from .stage import FloatArray, Stage
from .step import Context, Note, Step


def share_available(x: FloatArray) -> FloatArray:
    """For each row, the share of columns that are present.

    >>> share_available(np.array([[1.0, np.nan], [0.0, 2.0]])).tolist()
    [0.5, 1.0]
    """
    return np.asarray(np.mean(~np.isnan(x), axis=1)) if x.shape[1] else np.zeros(len(x))


def share_nonzero(x: FloatArray) -> FloatArray:
    """For each row, the share of the values present that are not zero; 0 where none is present.

    >>> share_nonzero(np.array([[1.0, np.nan], [0.0, 2.0]])).tolist()
    [1.0, 0.5]
    """
    present = np.count_nonzero(~np.isnan(x), axis=1)
    found = np.count_nonzero(~np.isnan(x) & (x != 0), axis=1)
    share: FloatArray = found / np.maximum(present, 1)
    return share


@dataclass(frozen=True)
class Screen(Step):
    """Keep the units with enough: at least ``min_available`` of the frame's indicators present, and at least
    ``min_nonzero`` of their values other than zero (shares, 0 to 1). Later stages lack the units left out."""

    min_available: float = 0.0
    min_nonzero: float = 0.0

    stage: ClassVar[str] = "screened"
    place: ClassVar[int] = 1

    def __post_init__(self) -> None:
        for name in ("min_available", "min_nonzero"):
            if not 0.0 <= getattr(self, name) <= 1.0:
                raise UsageError(
                    Message("{name} is a share from 0 to 1, not {share!r}", name=name, share=getattr(self, name))
                )

    def apply(self, stage: Stage, context: Context) -> tuple[Stage, Note]:
        """The stage without the units left out; notes which they are."""
        kept = (share_available(stage.values) >= self.min_available) & (share_nonzero(stage.values) >= self.min_nonzero)
        rows = np.flatnonzero(kept)
        screened = Stage(
            self.stage,
            tuple(stage.units[row] for row in rows),
            stage.rows[rows],
            stage.columns,
            stage.values[rows],
        )
        return screened, {"left_out": [stage.units[row] for row in np.flatnonzero(~kept)]}
