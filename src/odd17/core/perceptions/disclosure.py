"""What may be published of an estimate: statuses by number of respondents.

A survey is estimated where its microdata are, and whoever works there sees every figure with its status. What leaves
passes ``complementary.withhold_margins`` first.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from odd17.core.kernel import ObsStatus, UsageError

from .columns import BoolArray, FloatArray

FIGURES = ("estimate", "se", "low", "high", "df", "deff", "n")


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Numbers of respondents under which an estimate is flagged (status U), and withheld from publication (Q)."""

    flagged: int = 30
    withheld: int = 10

    def __post_init__(self) -> None:
        if not 0 <= self.withheld <= self.flagged:
            raise UsageError("a cell is withheld under fewer respondents than it is flagged under")

    def statuses(self, n: FloatArray, doubtful: BoolArray) -> pl.Series:
        """SDMX statuses: O without an answer, else Q, U (few respondents, or ``doubtful``) or A."""
        found = np.select(
            [n == 0, n < self.withheld, (n < self.flagged) | doubtful],
            [ObsStatus.MISSING.value, ObsStatus.SUPPRESSED.value, ObsStatus.LOW_RELIABILITY.value],
            default=ObsStatus.NORMAL.value,
        )
        return pl.Series("status", found.tolist(), dtype=pl.String)
