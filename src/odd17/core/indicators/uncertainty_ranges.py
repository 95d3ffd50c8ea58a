"""What is drawn again when the ranks of a release are put to the test: the choices that could as well be others."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from odd17.core.kernel import Message

NORMALISATIONS: Final = ("minmax", "zscore")
"""Scales that may be tried."""

AGGREGATIONS: Final = ("arithmetic", "geometric")
"""Means that may be tried."""

RANKS_AT_ONCE: Final = 2_800_000
"""Ranks drawn of a node, at most: peers × replicates. A release must be built while somebody waits."""

FEWEST: Final = 80
"""Replicates, at least: of fewer, a fifth and a ninety-fifth hundredth would say little."""


@dataclass(frozen=True, slots=True)
class UncertaintyRanges:
    """Weights within ± ``weights`` of their own, the scales and the means of which each replicate takes one.

    ``replicates`` indices are drawn from ``seed``; the interval of a rank holds the middle ``level`` of them. Raises
    ValueError for a share outside 0 to 1, a scale or a mean that is unknown or named twice, no replicate.
    """

    weights: float = 0.25
    normalisation: tuple[str, ...] = NORMALISATIONS
    aggregation: tuple[str, ...] = AGGREGATIONS
    replicates: int = 1000
    seed: int = 17
    level: float = 0.9

    def __post_init__(self) -> None:
        if not 0 < self.weights <= 1:
            raise ValueError(
                Message("weights are shaken by a share above 0 and at most 1, got {share!r}", share=self.weights)
            )
        if not 0 < self.level < 1:
            raise ValueError(Message("level must lie between 0 and 1, got {level!r}", level=self.level))
        if self.replicates < 1:
            raise ValueError(
                Message("replicates must be a number above zero, got {replicates!r}", replicates=self.replicates)
            )
        for given, known in ((self.normalisation, NORMALISATIONS), (self.aggregation, AGGREGATIONS)):
            if not given or len(set(given)) < len(given) or not set(given) <= set(known):
                raise ValueError(
                    Message("choose among {known}, each once: got {given!r}", known=list(known), given=list(given))
                )

    def replicates_for(self, peers: int) -> int:
        """How many replicates are drawn for a number of peers: fewer where they are many, and never under ``FEWEST``.

        >>> ranges = UncertaintyRanges()
        >>> ranges.replicates_for(1255), ranges.replicates_for(34875)
        (1000, 80)
        """
        return min(self.replicates, max(FEWEST, math.floor(RANKS_AT_ONCE / max(1, peers))))

    def to_dict(self) -> dict[str, Any]:
        """The ranges as JSON values, in the form of a frame's file."""
        return {
            "weights": self.weights,
            "normalisation": list(self.normalisation),
            "aggregation": list(self.aggregation),
            "replicates": self.replicates,
            "seed": self.seed,
            "level": self.level,
        }

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> UncertaintyRanges:
        """The ranges that ``to_dict`` or a frame's file gives; what is left out keeps its default."""
        given = dict(values)
        for name in ("normalisation", "aggregation"):
            if name in given:
                given[name] = tuple(given[name])
        return cls(**given)
