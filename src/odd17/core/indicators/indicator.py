"""What an indicator is: the definition that stands behind every figure."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from odd17.core.kernel import Provenance, Text


class Direction(StrEnum):
    """Which way an indicator speaks of fragility."""

    FRAGILITY_UP = "fragility_up"  # a higher value is more fragile
    FRAGILITY_DOWN = "fragility_down"  # a higher value is less fragile
    UNKNOWN = "unknown"  # shown, never scored

    @property
    def sign(self) -> int:
        """+1, -1, or 0 where the direction is unknown."""
        return {Direction.FRAGILITY_UP: 1, Direction.FRAGILITY_DOWN: -1, Direction.UNKNOWN: 0}[self]


class Unit(StrEnum):
    """Units that odd17 knows how to write."""

    PERCENT = "percent"
    PER_100 = "per_100"  # not a share: may pass 100
    PER_1000 = "per_1000"
    PER_100000 = "per_100000"
    COUNT = "count"
    TONNES_PER_INHABITANT = "tonnes_per_inhabitant"
    EUROS = "euros"
    EUROS_PER_M2 = "euros_per_m2"
    VISITS_PER_INHABITANT = "visits_per_inhabitant"  # a year
    MWH_PER_INHABITANT = "mwh_per_inhabitant"
    KM2 = "km2"
    PER_KM2 = "per_km2"  # inhabitants
    INDEX = "index"  # points on a scale of its producer's
    RATIO = "ratio"
    UNSPECIFIED = "unspecified"  # the source does not say


@dataclass(frozen=True, slots=True)
class Indicator:
    """An indicator: what it measures, in what, from where, and which way it speaks of fragility.

    A ratio names its parts (``numerator``, ``denominator``) and its ``factor`` (100 for a percentage), so that it is
    recomputed and never averaged when territories merge; a count (``is_count``) is summed. Anything else is not
    carried. ``domain`` is None for the profile. ``direction_status`` is attested, inferred or ours. ``periodicity`` is
    one of those of ``staleness``, None where the catalogue has it or nobody says.
    """

    id: str
    name: Text
    definition: Text
    unit: Unit
    direction: Direction
    direction_status: str
    domain: str | None
    source: Provenance
    numerator: Text | str | None = None
    denominator: Text | str | None = None
    factor: float = 1.0
    is_count: bool = False
    decimals: int = 1
    weight: float = 1.0
    periodicity: str | None = None
